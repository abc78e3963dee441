/** Posting: one line, chips, a button. */
import { expect, type Locator, type Page } from '@playwright/test';
import { GatheringPage } from './gathering-page.ts';
import type { Owner } from './owner.ts';

export class PostPage {
  readonly page: Page;
  readonly #owner: Owner;

  constructor(page: Page, owner: Owner) {
    this.page = page;
    this.#owner = owner;
  }

  get line(): Locator {
    return this.page.getByRole('textbox', { name: this.#owner.words.post.line });
  }

  /** What the line was understood to say. */
  get chips(): Locator {
    return this.page.getByRole('region', { name: this.#owner.words.post.chips });
  }

  get button(): Locator {
    const { send, sendAnyway } = this.#owner.words.post;
    return this.page.getByRole('button', { name: new RegExp(`^(${send}|${sendAnyway})$`) });
  }

  /** A post that waits in the outbox is taken up again: sets its title by hand, and saves. */
  async rename(title: string): Promise<void> {
    const { post, ui } = this.#owner.words;
    await this.chips.getByRole('button').first().click();
    const sheet = this.page.getByRole('dialog', { name: post.chip.title });
    await sheet.getByRole('textbox').fill(title);
    await this.page.keyboard.press('Escape');
    await this.page.getByRole('button', { name: ui.save, exact: true }).click();
  }

  /** From "waiting for a connection" to the next one. */
  async another(): Promise<void> {
    await this.page.getByRole('button', { name: this.#owner.words.post.another, exact: true }).click();
    await expect(this.line).toBeVisible();
  }

  /** From one line to the gathering's page, or to "waiting for a connection". */
  async post(line: string, press: (button: Locator) => Promise<void> = (button) => button.click()): Promise<GatheringPage> {
    await this.line.fill(line);
    await this.#owner.named(() => press(this.button));
    return new GatheringPage(this.page, this.#owner);
  }
}
