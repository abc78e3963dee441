/** The page of one gathering, for guests and hosts. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Owner } from './owner.ts';

export class GatheringPage {
  readonly page: Page;
  readonly #owner: Owner;

  constructor(page: Page, owner: Owner) {
    this.page = page;
    this.#owner = owner;
  }

  get #words() {
    return this.#owner.words;
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** What I am to it: going, waiting, … */
  get seat(): Locator {
    return this.page.getByRole('complementary').getByRole('status');
  }

  /** From now on notes all that the seat says, however shortly; what is returned tells it. */
  async listen(): Promise<() => Promise<readonly string[]>> {
    const notes = await this.page.evaluateHandle(() => {
      const said: string[] = [];
      const note = (): void => {
        const now = document.querySelector('aside [role=status]')?.textContent.trim() ?? '';
        if (now !== said.at(-1)) said.push(now);
      };
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
      note();
      return said;
    });
    return () => notes.jsonValue();
  }

  get news(): Locator {
    return this.page.getByRole('region', { name: this.#words.gathering.news });
  }

  get guests(): Locator {
    return this.page.getByRole('region', { name: this.#words.gathering.whoGoes });
  }

  async shown(title: string): Promise<void> {
    await expect(this.title).toHaveText(title);
  }

  /** Asks for a seat, and waits until the answer is known or the phone says that it is offline. */
  async takeSeat(): Promise<void> {
    await this.#owner.named(() => this.page.getByRole('button', { name: this.#words.rsvp.takeSeat }).click());
  }

  async joinWaitlist(): Promise<void> {
    await this.#owner.named(() => this.page.getByRole('button', { name: this.#words.rsvp.joinWaitlist }).click());
  }

  async giveBack(): Promise<void> {
    await this.page.getByRole('button', { name: this.#words.rsvp.giveBack }).click();
  }

  async move(place: string): Promise<void> {
    const sheet = await this.tool('move', this.#words.gathering.moveTitle);
    await sheet.getByRole('textbox', { name: this.#words.post.placeName }).fill(place);
    await sheet.getByRole('button', { name: this.#words.gathering.moveSend }).click();
  }

  async tell(line: string): Promise<void> {
    const sheet = await this.tool('tell', this.#words.gathering.tellTitle);
    await this.writeLine(sheet, line);
  }

  /** In the sheet of a line to the guests. */
  async writeLine(sheet: Locator, line: string): Promise<void> {
    await sheet.getByLabel(this.#words.gathering.tellText).fill(line);
    await sheet.getByRole('button', { name: this.#words.ui.send, exact: true }).click();
    await expect(sheet).toHaveCount(0);
  }

  async callOff(line: string): Promise<void> {
    const sheet = await this.tool('cancel', this.#words.gathering.cancelTitle);
    await sheet.getByLabel(this.#words.gathering.cancelText).fill(line);
    await sheet.getByRole('button', { name: this.#words.gathering.cancelSend }).click();
  }

  /** One of the host's tools, and the sheet that it opens. */
  async tool(tool: 'edit' | 'move' | 'postpone' | 'cancel' | 'tell' | 'guestList' | 'share' | 'end', title: string): Promise<Locator> {
    const tools = this.page.getByRole('region', { name: this.#words.gathering.youHost });
    await tools.getByRole('button', { name: this.#words.gathering[tool], exact: true }).click();
    return this.page.getByRole('dialog', { name: title });
  }

  async back(): Promise<void> {
    await this.page.getByRole('button', { name: this.#words.ui.back, exact: true }).click();
  }
}
