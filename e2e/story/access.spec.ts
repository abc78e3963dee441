/** U2: every screen and every dialog, in each language, dark and light, as axe sees it. */
import type { Page } from '@playwright/test';
import { gathering, type Attendee } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { violations } from '../fixtures/axe.ts';
import { fillEvening, TITLES, type Evening } from '../fixtures/evening.ts';
import { keeperOf } from '../fixtures/passkey.ts';
import { expect, test, type Story, type StoryPhone } from '../fixtures/story.ts';
import { GatheringPage } from '../model/gathering-page.ts';
import { MePage } from '../model/me-page.ts';
import { OrganisePage } from '../model/organise-page.ts';
import { WORDS } from '../model/words.ts';

// Hundreds of looks at whole pages: a trace of them would take longer than they do.
test.use({ trace: 'off' });
/** Far more than a part takes: axe reads whole pages, and machines are slow. */
test.describe.configure({ timeout: 300_000 });

const MINUTE = 60_000;
const words = WORDS.en;

const inspect = async (page: Page, what: string): Promise<void> => expect.soft(await violations(page), what).toEqual([]);

/** Opens a dialog, inspects it, and closes it as a keyboard does. */
const inspectDialog = async (page: Page, what: string, open: () => Promise<unknown>): Promise<void> => {
  await open();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await inspect(page, what);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
};
const press = (page: Page, name: string) => () => page.getByRole('button', { name, exact: true }).click();

const does = async ({ phone }: Attendee, command: CommandInput): Promise<void> =>
  expect(await phone.insist(withId(command))).toMatchObject({ ok: true });

interface Given extends Evening {
  readonly story: Story;
}

const inspectBoard = async ({ page, url, board }: StoryPhone): Promise<void> => {
  await expect(board.card(TITLES.running)).toBeVisible();
  await inspect(page, 'board');
  await inspectDialog(page, 'settings', press(page, words.ui.settings));
  await press(page, words.board.search)();
  await page.getByRole('searchbox').fill('nothing like that');
  await expect(page.getByRole('heading', { name: words.board.noMatch })).toBeVisible();
  await inspect(page, 'board, nothing found');
  await page.goto(`${url}/inbox`);
  await expect(page.getByRole('heading', { name: TITLES.moved })).toBeVisible();
  await inspect(page, 'notices');
  await inspectDialog(page, 'how I am told', press(page, words.told.title));
  await page.goto(`${url}/plan`);
  await expect(page.getByText(TITLES.moved, { exact: true })).toBeVisible();
  await inspect(page, 'plan');
};

const inspectGatherings = async ({ page, url, owner }: StoryPhone, { ids }: Given): Promise<void> => {
  const shown = new GatheringPage(page, owner);
  for (const key of ['running', 'full', 'secret', 'moved', 'cancelled', 'over'] as const) {
    await page.goto(`${url}/g/${ids[key]}`);
    await shown.shown(TITLES[key]);
    await expect(shown.guests).toBeVisible();
    // Near the start, where the host asks for it.
    if (key === 'moved') await expect(page.getByRole('button', { name: words.arrival.say.here })).toBeVisible();
    await inspect(page, `gathering, ${key}`);
  }
  await inspectDialog(page, 'report', press(page, words.gathering.report));
  await page.goto(`${url}/g/${ids.moved}/poster`);
  await shown.shown(TITLES.moved);
  await inspect(page, 'poster');
  await page.goto(`${url}/g/no-such-gathering`);
  await expect(page.getByRole('heading', { name: words.gathering.notFound })).toBeVisible();
  await inspect(page, 'no such gathering');
};

const inspectHosting = async ({ page, url, owner }: StoryPhone, { ada, ids }: Given): Promise<void> => {
  const hosted = new GatheringPage(page, owner);
  const begun = freshId();
  await does(ada, gathering(begun, { title: 'Begun', start: Date.now() - 5 * MINUTE }));
  await page.goto(`${url}/g/${ids.hosted}`);
  await hosted.shown(TITLES.hosted);
  await expect(hosted.guests).toBeVisible();
  await inspect(page, 'gathering, hosted');
  const { edit, moveTitle, postponeTitle, cancelTitle, tellTitle, shareTitle, guestsTitle, endTitle } = words.gathering;
  const tools = { edit, move: moveTitle, postpone: postponeTitle, cancel: cancelTitle, tell: tellTitle, share: shareTitle };
  for (const [tool, title] of Object.entries(tools)) {
    await inspectDialog(page, `host: ${tool}`, () => hosted.tool(tool as keyof typeof tools, title));
  }
  const guests = await hosted.tool('guestList', guestsTitle);
  await inspect(page, 'host: guest list');
  await guests.getByRole('button', { name: words.gathering.removeGuest('Mo') }).click();
  await expect(page.getByRole('dialog', { name: words.gathering.removeTitle('Mo') })).toBeVisible();
  await inspect(page, 'host: to take a guest off');
  await page.goto(`${url}/g/${begun}`);
  await inspectDialog(page, 'host: end', () => hosted.tool('end', endTitle));
};

const inspectPosting = async ({ page, url }: StoryPhone): Promise<void> => {
  await page.goto(`${url}/post`);
  await page.getByRole('textbox', { name: words.post.line }).fill('Rust pairing table at booth 4 in 10 min for 8 #rust');
  await page.getByText(words.post.more, { exact: true }).click();
  await page.getByRole('button', { name: words.post.addLanguage }).click();
  await page.getByLabel(words.post.link).fill('example.org');
  await expect(page.getByText(words.post.linkWrong)).toBeVisible();
  await inspect(page, 'posting');
  const chips = page.getByRole('region', { name: words.post.chips }).getByRole('button');
  expect(await chips.count()).toBe(Object.keys(words.post.chip).length);
  for (const chip of await chips.all())
    await inspectDialog(page, `posting: ${(await chip.getAttribute('aria-label')) ?? ''}`, () => chip.click());
};

const inspectOrganising = async ({ page, url, owner }: StoryPhone, { story }: Given): Promise<void> => {
  await new OrganisePage(page, owner).open(url, story.board.organiserKey);
  await expect(page.getByRole('heading', { name: TITLES.reported })).toBeVisible();
  for (const section of ['qr', 'places', 'exchange', 'board', 'join', 'banned'] as const) {
    await page.getByText(words.organiser.sections[section], { exact: true }).click();
  }
  await inspect(page, 'organising');
  await inspectDialog(page, 'organising: a place', press(page, words.organiser.addPlace));
  await inspectDialog(page, 'organising: a ban', () =>
    page
      .getByRole('button', { name: words.organiser.ban('Mo') })
      .first()
      .click(),
  );
};

/** Looks at one part of the house after the other, each in a story of its own, so that what is found names its part. */
const PARTS: Readonly<Record<string, (phone: StoryPhone, given: Given) => Promise<void>>> = {
  board: inspectBoard,
  gatherings: inspectGatherings,
  hosting: inspectHosting,
  posting: inspectPosting,
  organising: inspectOrganising,
};

for (const [part, look] of Object.entries(PARTS)) {
  test(`axe finds nothing on any screen or dialog, in any language: ${part}`, async ({ story }) => {
    const evening = await fillEvening(story.deployment, story.board);
    await look(await story.phone({ session: evening.ada.session }), { ...evening, story });
    evening.ada.phone.drop();
  });
}

test('axe finds nothing on any screen or dialog, in any language: me', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada');
  const tea = freshId();
  await does(ada, gathering(tea, { title: 'Tea' }));
  ada.phone.drop();
  // Browsers keep passkeys for names alone: this machine's.
  const { page, owner } = await story.phone({ session: ada.session, origin: story.deployment.url(0).replace('127.0.0.1', 'localhost') });
  const mine = new MePage(page, owner);
  await keeperOf(page);
  await mine.open();
  await page.getByRole('button', { name: words.me.passkey.add }).click();
  await expect(page.getByRole('region', { name: words.me.passkey.title }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('region', { name: words.me.move.before }).getByRole('button', { name: words.me.goOn }).click();
  await expect(page.getByLabel(words.me.move.paste)).toBeVisible();
  await inspect(page, 'me');
  await inspectDialog(page, 'another name', press(page, words.person.rename));
  await inspectDialog(page, 'on another phone', () => mine.moveLink());
  await inspectDialog(page, 'signing out', () => mine.leaving(words.me.signOut));
  await inspectDialog(page, 'signing out everywhere', () => mine.leaving(words.me.everywhere));
  await inspectDialog(page, 'deleting me', async () => {
    const dialog = await mine.leaving(words.me.erase);
    await inspect(page, 'deleting me: what goes');
    await dialog.getByRole('button', { name: words.me.goOn }).click();
  });
});

test('axe finds nothing on any screen or dialog, in any language: outside', async ({ story }) => {
  const { ada, ids } = await fillEvening(story.deployment, story.board);
  const { page, url, board, context } = await story.phone();
  await page.goto(new URL('/', url).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await inspect(page, 'boards');
  await page.goto(`${url}/me`);
  await expect(page.getByRole('heading', { name: words.me.nobody })).toBeVisible();
  await inspect(page, 'me, nobody yet');
  const token = 'h'.repeat(22);
  await does(ada, { type: 'shareHosting', gathering: ids.hosted, token, handOver: false });
  await page.goto(`${url}/g/${ids.hosted}?host=${token}`);
  await expect(page.getByRole('heading', { name: words.gathering.invited })).toBeVisible();
  await inspect(page, 'to host along');

  await page.goto(url);
  const seat = await board.open(TITLES.moved);
  await inspectDialog(page, 'name', press(page, words.rsvp.takeSeat));
  // What is shown of the outbox is fetched ahead; without a worker, nothing is to be had afterwards.
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('OutboxLine')));
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await seat.takeSeat();
  await expect(seat.seat).toContainText(words.rsvp.waitsForNetwork, { timeout: 30_000 });
  await inspect(page, 'gathering, offline');
  await seat.back();
  await expect(board.offline).toBeVisible({ timeout: 30_000 });
  await inspect(page, 'board, offline');
  await inspectDialog(page, 'outbox', () => board.outbox.line('waiting', 2).click());

  await does(ada, { type: 'setJoinCode', code: 'OPENSESAME' });
  ada.phone.drop();
  await inspectDialog(page, 'join code', () => context.setOffline(false));
});
