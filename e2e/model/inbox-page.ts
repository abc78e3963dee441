/** What concerns me. */
import type { Locator, Page } from '@playwright/test';
import type { Owner } from './owner.ts';

export class InboxPage {
  readonly page: Page;
  readonly #owner: Owner;

  constructor(page: Page, owner: Owner) {
    this.page = page;
    this.#owner = owner;
  }

  /** What it says of one gathering. */
  about(title: string): Locator {
    return this.page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  /** Those marked as new. */
  get fresh(): Locator {
    return this.page.getByRole('heading').filter({ hasText: this.#owner.words.inbox.unread });
  }

  async back(): Promise<void> {
    await this.page.getByRole('button', { name: this.#owner.words.ui.back, exact: true }).click();
  }
}
