/** Who I am here, and the ways out. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Owner } from './owner.ts';

export class MePage {
  readonly page: Page;
  readonly #owner: Owner;

  constructor(page: Page, owner: Owner) {
    this.page = page;
    this.#owner = owner;
  }

  get #words() {
    return this.#owner.words;
  }

  /** By way of the settings, from the board. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: this.#words.ui.settings }).click();
    await this.page.getByRole('dialog').getByRole('link', { name: this.#words.board.me, exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: this.#words.board.me })).toBeVisible();
  }

  get name(): Locator {
    return this.page.getByRole('region', { name: this.#words.person.name, exact: true });
  }

  /** Opens one of the ways out; gives its dialog. */
  async leaving(title: string): Promise<Locator> {
    await this.page.getByRole('main').getByRole('button', { name: title, exact: true }).click();
    const dialog = this.page.getByRole('dialog', { name: title });
    await expect(dialog).toBeVisible();
    return dialog;
  }
  /** Shows the code for another phone; gives its link. */
  async moveLink(): Promise<string> {
    const { move } = this.#words.me;
    const dialog = await this.leaving(move.open);
    await expect(dialog.getByRole('img', { name: move.qr })).toBeVisible();
    return dialog.getByLabel(move.link, { exact: true }).inputValue();
  }

  /** What a phone asks on which such a link has been opened. */
  get asked(): Locator {
    return this.page.getByRole('dialog', { name: this.#words.me.move.asks });
  }
}
