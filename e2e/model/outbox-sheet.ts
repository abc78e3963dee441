/** What waits on a phone to be sent, and what became of it; opened from the line that says so. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Owner } from './owner.ts';

export class OutboxSheet {
  readonly page: Page;
  readonly #owner: Owner;

  constructor(page: Page, owner: Owner) {
    this.page = page;
    this.#owner = owner;
  }

  get #words() {
    return this.#owner.words.outbox;
  }

  /** The line on each screen: so many things wait, have been sent, did not go through. */
  line(what: 'waiting' | 'sent' | 'refused', count: number): Locator {
    return this.page.getByRole('button', { name: this.#words[what](count), exact: true });
  }

  get sheet(): Locator {
    return this.page.getByRole('dialog', { name: this.#words.title, exact: true });
  }

  /** In the order in which it is sent. */
  get waiting(): Locator {
    return this.#entries.filter({ has: this.#button('withdraw') });
  }

  get ended(): Locator {
    return this.#entries.filter({ hasNot: this.#button('withdraw') });
  }

  async open(what: 'waiting' | 'sent' | 'refused', count: number): Promise<void> {
    await this.line(what, count).click({ timeout: 30_000 });
    await expect(this.sheet).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.sheet).toHaveCount(0);
  }

  async edit(entry: Locator): Promise<void> {
    await entry.getByRole('button', { name: this.#owner.words.gathering.edit, exact: true }).click();
  }

  async withdraw(entry: Locator): Promise<void> {
    await entry.getByRole('button', { name: this.#owner.words.gathering.withdraw, exact: true }).click();
  }

  async putAway(entry: Locator): Promise<void> {
    await entry.getByRole('button', { name: this.#words.putAway, exact: true }).click();
  }

  get #entries(): Locator {
    return this.sheet.getByRole('listitem');
  }

  #button(word: 'withdraw'): Locator {
    return this.page.getByRole('button', { name: this.#owner.words.gathering[word], exact: true });
  }
}
