/** The board: what is on, and the ways from it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { GatheringPage } from './gathering-page.ts';
import { InboxPage } from './inbox-page.ts';
import { OutboxSheet } from './outbox-sheet.ts';
import type { Owner } from './owner.ts';
import { PostPage } from './post-page.ts';

export class BoardPage {
  readonly page: Page;
  readonly #owner: Owner;

  constructor(page: Page, owner: Owner) {
    this.page = page;
    this.#owner = owner;
  }

  get #words() {
    return this.#owner.words;
  }

  /** Open and live. */
  async shown(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toContainText(name);
    await expect(this.live).toBeVisible();
  }

  get live(): Locator {
    return this.page.getByRole('status').and(this.page.getByText(this.#words.board.live, { exact: true }));
  }

  get offline(): Locator {
    return this.page.getByRole('status').and(this.page.getByText(this.#words.board.offline, { exact: true }));
  }

  get outbox(): OutboxSheet {
    return new OutboxSheet(this.page, this.#owner);
  }

  /** On any screen: that there is no connection, and how old what is shown is. */
  get age(): Locator {
    const [before = '', after = ''] = this.#words.board.offlineSince('…').split('…');
    return this.page.getByRole('main').locator('p').filter({ hasText: before }).filter({ hasText: after });
  }

  /** Every gathering in the list that is shown: each is one link. */
  get cards(): Locator {
    return this.page.getByRole('main').locator('a[data-id]').filter({ visible: true });
  }

  card(title: string): Locator {
    return this.cards.filter({ hasText: title });
  }

  async open(title: string): Promise<GatheringPage> {
    await this.card(title).click();
    const gathering = new GatheringPage(this.page, this.#owner);
    await gathering.shown(title);
    return gathering;
  }

  async startPosting(): Promise<PostPage> {
    await this.page.getByRole('link', { name: this.#words.board.postLong }).first().click();
    const post = new PostPage(this.page, this.#owner);
    await expect(post.line).toBeVisible();
    return post;
  }

  /** The way to the notices; its name says how many are unread. */
  get inboxLink(): Locator {
    return this.page.getByRole('link', { name: this.#words.board.inbox });
  }

  async openInbox(): Promise<InboxPage> {
    await this.inboxLink.click();
    return new InboxPage(this.page, this.#owner);
  }
}
