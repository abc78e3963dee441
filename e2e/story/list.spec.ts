/** A long list, left and come back to: scrolled as it was, filtered as it was. */
import type { Page } from '@playwright/test';
import { freshId } from '@huddle/rig/http.ts';
import { HOUR, MINUTE } from '@huddle/shared/time.ts';
import { expect, test } from '../fixtures/story.ts';
import { GatheringPage } from '../model/gathering-page.ts';

/** More than a list shows at once. */
const MANY = 60;

const scrollOf = (page: Page): Promise<number> => page.evaluate(() => Math.round(scrollY));
/** Where it is once what is in sight has its true height, which moves it a little. */
const settled = async (page: Page): Promise<number> => {
  let last = NaN;
  await expect.poll(async () => last === (last = await scrollOf(page))).toBe(true);
  return last;
};
/** Where the list is now; to be asked for again until it is so. */
const isAt = async (page: Page, scroll: number): Promise<void> => expect.poll(() => scrollOf(page)).toBe(scroll);

test('back and forth, the list is scrolled and filtered as it was', async ({ story }) => {
  const titles = Array.from({ length: MANY }, (_, index) => `${index % 2 === 0 ? 'Tea' : 'Talk'} ${String(index + 10)}`);
  const begin = Date.now() + HOUR;
  const gatherings = titles.map((title, index) => ({
    ...({ line: index + 1, gathering: freshId(), title, kind: index % 2 === 0 ? 'meal' : 'talk' } as const),
    ...{ start: begin + index * MINUTE, end: begin + HOUR + index * MINUTE },
  }));
  await story.deployment.admin(story.board.slug, { type: 'importGatherings', gatherings });
  const { page, board, owner } = await story.phone();
  await expect(board.cards).toHaveCount(MANY);
  await board.card('Talk 65').evaluate((card) => card.scrollIntoView({ block: 'center' }));
  const far = await settled(page);
  expect(far).toBeGreaterThan(2000);

  const talk = await board.open('Talk 65');
  await isAt(page, 0);
  // Behind it the list is there for nobody, and takes no room.
  await expect(board.card('Talk 65')).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(far);
  await expect(page.getByRole('main')).toHaveCount(1);
  await talk.back();
  await expect(board.card('Talk 65')).toBeInViewport();
  await isAt(page, far);
  await page.goForward();
  await new GatheringPage(page, owner).shown('Talk 65');
  await page.goBack();
  await isAt(page, far);
  const { y } = (await board.card('Talk 65').boundingBox()) ?? { y: NaN };
  await page.reload();
  await expect.poll(async () => Math.abs(((await board.card('Talk 65').boundingBox()) ?? { y: NaN }).y - y)).toBeLessThan(2);

  await page.getByRole('combobox', { name: owner.words.board.kind }).selectOption('meal');
  await expect(board.cards).toHaveCount(MANY / 2);
  await board.card('Tea 64').evaluate((card) => card.scrollIntoView({ block: 'center' }));
  const middle = await settled(page);
  const tea = await board.open('Tea 64');
  await isAt(page, 0);
  await tea.back();
  await expect(board.cards).toHaveCount(MANY / 2);
  await isAt(page, middle);
});
