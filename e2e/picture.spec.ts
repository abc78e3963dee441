/** The pictures of the README: `npm run pictures`. */
import { fileURLToPath } from 'node:url';
import { fillEvening, TITLES } from './fixtures/evening.ts';
import { expect, test, type StoryPhone } from './fixtures/story.ts';
import { GatheringPage } from './model/gathering-page.ts';
import { OrganisePage } from './model/organise-page.ts';

/** Where it is evening now: a board at three in the morning would be an odd sight. */
const EVENING = 18;
const ZONES = [
  'Asia/Hong_Kong',
  'Asia/Dubai',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Auckland',
];
const hourIn = (timeZone: string): number => Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric' }).format(Date.now()));
const zone = ZONES.reduce((best, each) => (Math.abs(hourIn(each) - EVENING) < Math.abs(hourIn(best) - EVENING) ? each : best));

test.use({ zone, trace: 'off' });

const file = (name: string): string => fileURLToPath(new URL(`../docs/pictures/${name}.png`, import.meta.url));

/** The filters come after all the rest. */
const whole = async ({ page, owner, board }: StoryPhone): Promise<void> => {
  await expect(board.card(TITLES.running)).toBeVisible();
  await expect(page.getByRole('combobox', { name: owner.words.board.kind })).toBeVisible();
};

test('pictures of the main screens', async ({ story }) => {
  test.setTimeout(120_000);
  const { ada, ids } = await fillEvening(story.deployment, story.board);
  const phone = await story.phone({ session: ada.session, timezoneId: zone, reducedMotion: 'reduce' });
  const { page, url, owner } = phone;
  const take = async (name: string): Promise<void> => {
    await page.screenshot({ path: file(name), animations: 'disabled' });
  };

  await whole(phone);
  await take('board');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take('board-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  const gathering = new GatheringPage(page, owner);
  for (const [name, key] of [
    ['gathering', 'running'],
    ['waitlist', 'full'],
    ['host', 'hosted'],
  ] as const) {
    await page.goto(`${url}/g/${ids[key]}`);
    await gathering.shown(TITLES[key]);
    await expect(gathering.guests).toBeVisible();
    await take(name);
  }

  await page.goto(`${url}/post`);
  await page.getByRole('textbox', { name: owner.words.post.line }).fill('zk corner meeting at coffee bar in 10 min for 8');
  await take('post');

  await page.goto(`${url}/inbox`);
  await expect(page.getByRole('heading', { name: TITLES.cancelled })).toBeVisible();
  await take('notices');

  await new OrganisePage(page, owner).open(url, story.board.organiserKey);
  await expect(page.getByRole('heading', { name: TITLES.reported })).toBeVisible();
  await take('organise');

  const chinese = await story.phone({ session: ada.session, language: 'zh-Hant', timezoneId: zone, reducedMotion: 'reduce', node: 1 });
  await whole(chinese);
  await chinese.page.screenshot({ path: file('board-zh'), animations: 'disabled' });

  const wide = await story.phone({
    session: ada.session,
    timezoneId: zone,
    viewport: { width: 1280, height: 800 },
    isMobile: false,
    hasTouch: false,
  });
  await whole(wide);
  await wide.page.screenshot({ path: file('board-wide'), animations: 'disabled' });
});
