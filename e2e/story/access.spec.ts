/** U2: every screen and every dialog, in each language, dark and light, as axe sees it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { fillEvening, TITLES } from '../fixtures/evening.ts';
import { expect, test, type StoryPhone } from '../fixtures/story.ts';
import { GatheringPage } from '../model/gathering-page.ts';
import { OrganisePage } from '../model/organise-page.ts';
import { WORDS, type LanguageTag } from '../model/words.ts';

// Hundreds of looks at whole pages: a trace of them would take longer than they do.
test.use({ trace: 'off' });

/** Far more than a part takes: axe reads whole pages, and machines are slow. */
const LOOK_MS = 300_000;

/** How to look: in the dark only colours differ, and they differ in no language. */
const LOOKS = {
  all: [
    { colorScheme: 'light', make: (axe: AxeBuilder) => axe },
    { colorScheme: 'dark', make: (axe: AxeBuilder) => axe.withRules(['color-contrast']) },
  ],
  words: [{ colorScheme: 'light', make: (axe: AxeBuilder) => axe.disableRules(['color-contrast']) }],
} as const;

const inspect = async (page: Page, what: string): Promise<void> => {
  const language = await page.evaluate(() => document.documentElement.lang);
  for (const { colorScheme, make } of language === 'en' ? LOOKS.all : LOOKS.words) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours on their way from one to the other are nobody's: the page has been painted in its new ones, and nothing moves any more.
    await page.evaluate(async () => {
      const frame = (): Promise<unknown> => new Promise((painted) => requestAnimationFrame(painted));
      // What goes on for ever – "asking…" – is not waited for, nor what is folded away, where time stands still.
      const isMoving = ({ effect, playState }: Animation): boolean =>
        playState === 'running' &&
        Number.isFinite(effect?.getComputedTiming().endTime) &&
        effect instanceof KeyframeEffect &&
        effect.target?.checkVisibility({ contentVisibilityAuto: true }) === true;
      await frame();
      await frame();
      for (let frames = 0; frames < 300 && document.getAnimations().some(isMoving); frames += 1) await frame();
    });
    // Our pages hold no frames: looking from inside, without a page of axe's own, takes half the time.
    const { violations } = await make(new AxeBuilder({ page }).setLegacyMode(true)).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
    );
    expect.soft(found, `${what}, ${colorScheme}`).toEqual([]);
  }
};

/** Opens a dialog, inspects it, and closes it as a keyboard does. */
const inspectDialog = async (page: Page, what: string, open: () => Promise<unknown>): Promise<void> => {
  await open();
  await expect(page.getByRole('dialog')).toBeVisible();
  await inspect(page, what);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

const inspectBoard = async ({ page, url }: StoryPhone, words: (typeof WORDS)[LanguageTag]): Promise<void> => {
  await inspect(page, 'board');
  await inspectDialog(page, 'settings', () => page.getByRole('button', { name: words.ui.settings }).click());
  await page.getByRole('button', { name: words.board.search }).click();
  await page.getByRole('searchbox').fill('nothing like that');
  await expect(page.getByRole('heading', { name: words.board.noMatch })).toBeVisible();
  await inspect(page, 'board, nothing found');
  await page.goto(`${url}/inbox`);
  await expect(page.getByRole('heading', { name: TITLES.moved })).toBeVisible();
  await inspect(page, 'notices');
  await page.goto(`${url}/plan`);
  await expect(page.getByText(TITLES.moved, { exact: true })).toBeVisible();
  await inspect(page, 'plan');
};

const inspectGatherings = async (
  { page, url, owner }: StoryPhone,
  words: (typeof WORDS)[LanguageTag],
  ids: Readonly<Record<keyof typeof TITLES, string>>,
): Promise<void> => {
  const gathering = new GatheringPage(page, owner);
  for (const key of ['running', 'full', 'secret', 'moved', 'cancelled', 'over'] as const) {
    await page.goto(`${url}/g/${ids[key]}`);
    await gathering.shown(TITLES[key]);
    await expect(gathering.guests).toBeVisible();
    await inspect(page, `gathering, ${key}`);
  }
  await inspectDialog(page, 'report', () => page.getByRole('button', { name: words.gathering.report, exact: true }).click());

  await page.goto(`${url}/g/${ids.hosted}`);
  await gathering.shown(TITLES.hosted);
  await expect(gathering.guests).toBeVisible();
  await inspect(page, 'gathering, hosted');
  const { editTitle, moveTitle, postponeTitle, cancelTitle, tellTitle, guestsTitle, shareTitle } = {
    editTitle: words.gathering.edit,
    ...words.gathering,
  };
  const tools = {
    edit: editTitle,
    move: moveTitle,
    postpone: postponeTitle,
    cancel: cancelTitle,
    tell: tellTitle,
    guestList: guestsTitle,
    share: shareTitle,
  };
  for (const [tool, title] of Object.entries(tools)) {
    await inspectDialog(page, `host: ${tool}`, () => gathering.tool(tool as keyof typeof tools, title));
  }
  await page.goto(`${url}/g/${ids.moved}/poster`);
  await gathering.shown(TITLES.moved);
  await inspect(page, 'poster');
  await page.goto(`${url}/g/no-such-gathering`);
  await expect(page.getByRole('heading', { name: words.gathering.notFound })).toBeVisible();
  await inspect(page, 'no such gathering');
};

const inspectPosting = async ({ page, url }: StoryPhone, words: (typeof WORDS)[LanguageTag]): Promise<void> => {
  await page.goto(`${url}/post`);
  await page.getByRole('textbox', { name: words.post.line }).fill('Rust pairing table at booth 4 in 10 min for 8 #rust');
  await page.getByText(words.post.more, { exact: true }).click();
  await page.getByRole('button', { name: words.post.addLanguage }).click();
  await inspect(page, 'posting');
  const chips = page.getByRole('region', { name: words.post.chips }).getByRole('button');
  for (const chip of await chips.all())
    await inspectDialog(page, `posting: ${(await chip.getAttribute('aria-label')) ?? ''}`, () => chip.click());
  expect(await chips.count()).toBe(Object.keys(words.post.chip).length);
};

const inspectOrganising = async ({ page, url, owner }: StoryPhone, words: (typeof WORDS)[LanguageTag], key: string): Promise<void> => {
  await new OrganisePage(page, owner).open(url, key);
  await expect(page.getByRole('heading', { name: TITLES.reported })).toBeVisible();
  for (const section of ['qr', 'places', 'exchange', 'board', 'banned'] as const) {
    await page.getByText(words.organiser.sections[section], { exact: true }).click();
  }
  await inspect(page, 'organising');
  await inspectDialog(page, 'organising: a place', () => page.getByRole('button', { name: words.organiser.addPlace }).click());
  await inspectDialog(page, 'organising: a ban', () =>
    page
      .getByRole('button', { name: words.organiser.ban('Mo') })
      .first()
      .click(),
  );
};

/** Looks at one part of the house after the other, each in a story of its own, so that what is found names its part. */
const PARTS: Readonly<Record<string, (phone: StoryPhone, given: Given) => Promise<void>>> = {
  board: (phone, { words }) => inspectBoard(phone, words),
  gatherings: (phone, { words, ids }) => inspectGatherings(phone, words, ids),
  posting: (phone, { words }) => inspectPosting(phone, words),
  organising: (phone, { words, key }) => inspectOrganising(phone, words, key),
};

interface Given {
  readonly words: (typeof WORDS)[LanguageTag];
  readonly ids: Readonly<Record<keyof typeof TITLES, string>>;
  /** The organiser's. */
  readonly key: string;
}

for (const language of ['en', 'zh-Hant', 'zh-Hans'] as const) {
  const words = WORDS[language];

  for (const [part, look] of Object.entries(PARTS)) {
    test(`axe finds nothing on any screen or dialog: ${part}, ${language}`, async ({ story }) => {
      test.setTimeout(LOOK_MS);
      const { ada, ids } = await fillEvening(story.deployment, story.board);
      const phone = await story.phone({ language, session: ada.session });
      ada.phone.drop();
      await look(phone, { words, ids, key: story.board.organiserKey });
    });
  }

  test(`axe finds nothing on any screen or dialog: outside, ${language}`, async ({ story }) => {
    test.setTimeout(LOOK_MS);
    const { ada } = await fillEvening(story.deployment, story.board);
    ada.phone.drop();
    const passer = await story.phone({ language });
    await passer.page.goto(new URL('/', passer.url).href);
    await expect(passer.page.getByRole('heading', { level: 1 })).toBeVisible();
    await inspect(passer.page, 'boards');
    await passer.page.goto(passer.url);
    const page = await passer.board.open(TITLES.moved);
    await inspectDialog(passer.page, 'name', () => page.page.getByRole('button', { name: words.rsvp.takeSeat }).click());
    // What is shown of the outbox is fetched ahead; without a worker, nothing is to be had afterwards.
    await passer.page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('OutboxLine')));
    await passer.page.waitForLoadState('networkidle');
    await passer.context.setOffline(true);
    await page.takeSeat();
    await expect(page.seat).toContainText(words.rsvp.waitsForNetwork, { timeout: 30_000 });
    await passer.page.getByRole('button', { name: words.ui.back, exact: true }).click();
    await expect(passer.board.offline).toBeVisible({ timeout: 30_000 });
    await inspect(passer.page, 'board, offline');
    await inspectDialog(passer.page, 'outbox', () => passer.board.outbox.line('waiting', 2).click());
  });
}

test('axe finds nothing on the main screens in the other languages', async ({ story }) => {
  test.setTimeout(LOOK_MS);
  const { ada, ids } = await fillEvening(story.deployment, story.board);
  ada.phone.drop();
  for (const language of ['ja', 'ko', 'es', 'ar'] as const) {
    const { page, url, board, owner, context } = await story.phone({ language, session: ada.session });
    await expect(board.card(TITLES.running)).toBeVisible();
    await inspect(page, `board, ${language}`);
    await page.goto(`${url}/g/${ids.moved}`);
    await new GatheringPage(page, owner).shown(TITLES.moved);
    await inspect(page, `gathering, ${language}`);
    await page.goto(`${url}/plan`);
    await expect(page.getByText(TITLES.moved, { exact: true })).toBeVisible();
    await inspect(page, `plan, ${language}`);
    await page.goto(`${url}/post`);
    await page.getByText(WORDS[language].post.more, { exact: true }).click();
    await inspect(page, `posting, ${language}`);
    await context.close();
  }
});
