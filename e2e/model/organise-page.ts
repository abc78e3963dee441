/** The organiser's page, opened by the printed link. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Owner } from './owner.ts';

export class OrganisePage {
  readonly page: Page;
  readonly #owner: Owner;

  constructor(page: Page, owner: Owner) {
    this.page = page;
    this.#owner = owner;
  }

  /** @param board the board's url */
  async open(board: string, key: string): Promise<void> {
    await this.page.goto(`${board}/organise#${key}`);
    await expect(this.page.getByRole('heading', { name: this.#owner.words.organiser.title })).toBeVisible();
    await expect(this.#section('gatherings')).toBeVisible();
  }

  async announce(line: string): Promise<void> {
    await this.page.getByLabel(this.#owner.words.organiser.announceText).fill(line);
    await this.page.getByRole('button', { name: this.#owner.words.organiser.announceSend }).click();
  }

  /** Sends a file and gives what became of it. */
  async importList(file: { name: string; mimeType: string; buffer: Buffer }): Promise<Locator> {
    const { organiser } = this.#owner.words;
    const field = this.page.getByLabel(organiser.file, { exact: true });
    if (!(await field.isVisible())) await this.#section('exchange').click();
    await field.setInputFiles(file);
    await this.page.getByRole('button', { name: organiser.importSend, exact: true }).click();
    await expect(this.page.getByText(organiser.importDone, { exact: true })).toBeVisible({ timeout: 30_000 });
    return this.page.getByRole('main');
  }

  /** Asks for a join code, and gives the link that is printed from then on. */
  async askForCode(code: string): Promise<string> {
    const { organiser, gathering } = this.#owner.words;
    await this.#section('join').click();
    await this.page.getByLabel(organiser.joinCode, { exact: true }).fill(code);
    await this.page.getByRole('button', { name: organiser.joinOn, exact: true }).click();
    await expect(this.page.getByRole('button', { name: organiser.joinOff, exact: true })).toBeVisible();
    await this.#section('qr').click();
    return this.page.getByLabel(gathering.link, { exact: true }).inputValue();
  }

  async hide(title: string): Promise<void> {
    const { organiser } = this.#owner.words;
    const item = await this.#item(title);
    await item.getByRole('button', { name: organiser.hide }).click();
    await expect(item.getByText(organiser.hiddenBadge, { exact: true })).toBeVisible();
  }

  /** Takes back {@link hide}. */
  async restore(title: string): Promise<void> {
    const { organiser } = this.#owner.words;
    const item = await this.#item(title);
    await item.getByRole('button', { name: organiser.restore }).click();
    await expect(item.getByText(organiser.hiddenBadge, { exact: true })).toHaveCount(0);
  }

  /** Bans a host of that gathering. */
  async ban(title: string, name: string): Promise<void> {
    const { organiser } = this.#owner.words;
    const item = await this.#item(title);
    await item.getByRole('button', { name: organiser.ban(name) }).click();
    const sheet = this.page.getByRole('dialog', { name: organiser.banTitle(name) });
    await sheet.getByRole('button', { name: organiser.banSend, exact: true }).click();
    await expect(item.getByText(organiser.bannedBadge)).toBeVisible();
  }

  /** A gathering among all of them. */
  async #item(title: string): Promise<Locator> {
    const search = this.page.getByRole('searchbox', { name: this.#owner.words.board.search });
    if ((await search.count()) > 0) await search.fill(title);
    return this.page.getByRole('article').filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  #section(section: 'gatherings' | 'exchange' | 'join' | 'qr'): Locator {
    return this.page.getByRole('heading', { level: 2, name: this.#owner.words.organiser.sections[section], exact: true });
  }
}
