/** Posting: one line, chips, a button. */
import type { Locator, Page } from '@playwright/test';
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

  /** From one line to the gathering's page, or to "waiting for a connection". */
  async post(line: string, press: (button: Locator) => Promise<void> = (button) => button.click()): Promise<GatheringPage> {
    await this.line.fill(line);
    await this.#owner.named(() => press(this.button));
    return new GatheringPage(this.page, this.#owner);
  }
}
