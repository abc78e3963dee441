/** Without a finger or a mouse: everything by keys, and the focus is never lost to the page. */
import type { Page } from '@playwright/test';
import { accepted, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { expect, test, type StoryPhone } from '../fixtures/story.ts';
import { GatheringPage } from '../model/gathering-page.ts';

// Every way goes through all that can be reached before.
test.describe.configure({ timeout: 180_000 });

/** Presses Tab until that has the focus: it can be reached. */
const tabTo = async (page: Page, name: string | RegExp): Promise<void> => {
  const isIt = (found: string): boolean => (typeof name === 'string' ? found === name : name.test(found));
  const named = async (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element === document.body ? '' : (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
    });
  for (let presses = 0; presses < 60; presses += 1) {
    if (isIt(await named())) {
      // Whoever looks sees where they are.
      await expect(page.locator(':focus')).toHaveCSS('outline-style', 'solid');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to "${String(name)}"`);
};

const use = async (page: Page, name: string | RegExp): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
};

/** The focus is somewhere: on `body` a screen reader would begin the page anew. */
const hasFocus = (page: Page) => expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');

const postByKeys = async ({ page, board, owner }: StoryPhone, line: string): Promise<GatheringPage> => {
  const { words } = owner;
  await use(page, words.board.postLong);
  await expect(page.getByRole('textbox', { name: words.post.line })).toBeFocused();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: words.person.nameTitle })).toBeVisible();
  await page.keyboard.type('Hana');
  await page.keyboard.press('Enter');
  await expect(board.page.getByRole('heading', { name: words.gathering.youHost })).toBeVisible();
  return new GatheringPage(page, owner);
};

test('a host posts, moves, takes a guest off, and calls off, by keys alone; the focus stays where they work', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const { page } = host;
  const { gathering: words, ui } = host.owner.words;
  const hosting = await postByKeys(host, 'Pairing table at booth 4 in 30 min for 8');
  const guest = await story.phone({ name: 'Gus', node: 1 });
  await (await guest.board.open('Pairing table')).takeSeat();
  await expect(hosting.guests).toContainText('Gus');

  await use(page, words.move);
  await expect(page.getByRole('dialog', { name: words.moveTitle })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: words.move, exact: true })).toBeFocused();

  await use(page, words.guestList);
  await use(page, words.removeGuest('Gus'));
  await use(page, words.remove);
  await expect(page.getByRole('dialog', { name: words.guestsTitle }).getByText(words.guestsRemoved(1))).toBeVisible();
  await hasFocus(page);
  await use(page, ui.close);
  await expect(page.getByRole('button', { name: words.guestList, exact: true })).toBeFocused();

  await use(page, words.cancel);
  await use(page, words.cancelSend);
  await expect(hosting.news).toContainText(host.owner.words.card.cancelled);
  await hasFocus(page);
});

test('whoever accepts to host by keys goes on from the tools of a host, and can end it early', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const hosting = await (await host.board.startPosting()).post('Demo hour at booth 4 now for 8');
  await hosting.shown('Demo hour');
  const words = host.owner.words.gathering;
  const sheet = await hosting.tool('share', words.shareTitle);
  await sheet.getByRole('button', { name: words.makeLink }).click();
  const link = await sheet.getByRole('textbox').inputValue();

  const { page, owner } = await story.phone({ name: 'Mo' });
  await page.goto(link);
  await use(page, words.accept);
  await page.keyboard.type('Mo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: words.youHost })).toBeVisible();
  await hasFocus(page);
  await use(page, words.end);
  await use(page, words.endSend);
  // The page looks at the clock every ten seconds (B8).
  await expect(page.getByRole('article').getByText(owner.words.card.over, { exact: true })).toBeVisible({ timeout: 60_000 });
  await hasFocus(page);
});

test('a guest filters, opens, takes a seat, gives it back, undoes that and goes back, by keys alone; the focus is never lost', async ({
  story,
}) => {
  const host = await story.deployment.attendee(story.board, 'Hana', 1);
  for (const title of ['Pairing table', 'Demo hour']) {
    accepted(await host.phone.insist(withId(gathering(freshId(), { title, start: Date.now() + 1_800_000, capacity: 8 }))));
  }
  host.phone.drop();
  const { page, owner, board } = await story.phone({ name: 'Gus' });
  const { words } = owner;
  const seat = new GatheringPage(page, owner).seat;
  await expect(board.card('Demo hour')).toBeVisible();

  await use(page, words.board.freeSeats);
  await expect(page.getByRole('button', { name: words.board.freeSeats })).toHaveAttribute('aria-pressed', 'true');
  await use(page, words.board.search);
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('demo');
  await expect(board.cards).toHaveCount(1);
  await use(page, /Demo hour/);
  await expect(page.getByRole('main')).toBeFocused();

  await use(page, words.rsvp.takeSeat);
  const sheet = page.getByRole('dialog', { name: words.person.nameTitle });
  await expect(sheet.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: words.rsvp.takeSeat })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Gus');
  await page.keyboard.press('Enter');
  await expect(seat).toContainText(words.standing.going);
  await hasFocus(page);
  await use(page, words.rsvp.giveBack);
  await expect(seat).toContainText(words.card.seatsLeft(8));
  await expect(page.getByRole('button', { name: words.rsvp.takeSeat })).toBeFocused();
  await use(page, words.ui.undo);
  await expect(seat).toContainText(words.standing.going);
  await hasFocus(page);
  await use(page, words.ui.back);
  await expect(board.card('Demo hour')).toBeFocused();
});
