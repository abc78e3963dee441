/** Calendar files are made on the phone: they need no network, and say what the server would say. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/story.ts';
import { WORDS } from '../model/words.ts';

const { gathering, plan } = WORDS.en;
const TITLE = '海港邊的咖啡與零知識證明小組聚會 🦀';

/** The file that a button of that name hands to the phone. */
const saved = async (page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> => {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
};
/** When it was written is the only thing that differs. */
const undated = (text: string): string => text.replace(/^DTSTAMP:.*$/gm, '');

test('a gathering and my plan are saved as calendar files, without a network too, word for word as the server writes them', async ({
  story,
}) => {
  const host = await story.phone({ name: 'Hana' });
  const post = await host.board.startPosting();
  const hosting = await post.post(`${TITLE} at booth 4 in 30 min for 8`);
  await hosting.shown(TITLE);

  const guest = await story.phone({ name: 'Gus', node: 1 });
  const page = await guest.board.open(TITLE);
  await page.takeSeat();
  await expect(page.seat).toContainText('You are going');

  const path = new URL(guest.page.url()).pathname;
  const file = await saved(guest.page, gathering.calendar);
  const served = await guest.page.evaluate(async (address) => (await fetch(address)).text(), `${path}.ics`);
  expect(undated(file.text)).toBe(undated(served));
  expect(file.name).toBe(`${path.slice(path.lastIndexOf('/') + 1)}.ics`);

  await guest.page.goto(`${guest.url}/plan`);
  await expect(guest.page.getByText(TITLE)).toBeVisible();
  await guest.context.setOffline(true);
  const own = await saved(guest.page, plan.file);
  expect(own.name).toBe('plan.ics');
  expect(undated(own.text)).toBe(undated(served));
});
