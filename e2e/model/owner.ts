/** Whose phone it is: the language they read, and the name they give when it is asked for. */
import type { Page } from '@playwright/test';
import { WORDS, type LanguageTag, type Words } from './words.ts';

export class Owner {
  readonly #page: Page;
  #language: LanguageTag;
  /** undefined once it has been said. */
  #name: string | undefined;

  constructor(page: Page, name: string, language: LanguageTag) {
    this.#page = page;
    this.#name = name;
    this.#language = language;
  }

  get words(): Words {
    return WORDS[this.#language];
  }

  reads(language: LanguageTag): void {
    this.#language = language;
  }

  /** Does what needs a name, and says it the first time. */
  async named(act: () => Promise<void>): Promise<void> {
    await act();
    if (this.#name === undefined) return;
    const { person } = this.words;
    const sheet = this.#page.getByRole('dialog', { name: person.nameTitle });
    await sheet.getByLabel(person.name, { exact: true }).fill(this.#name);
    await sheet.getByRole('button', { name: person.nameSend }).click();
    this.#name = undefined;
  }
}
