/** Within everybody's reach: large letters, narrow and low screens, what a screen reader says, and nothing that moves for whom it makes sick. */
import type { Page } from '@playwright/test';
import { accepted, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { drawn, hear, watchMotion } from '../fixtures/ear.ts';
import { expect, test } from '../fixtures/story.ts';

/** As phones are held, and as their owners set them. */
const VIEWS = [
  { how: '320 px wide', width: 320, height: 640, text: '' },
  { how: 'in landscape', width: 740, height: 360, text: '' },
  { how: 'with letters twice as large', width: 390, height: 844, text: '200%' },
] as const;

/** Understood as chips that are longer than a narrow screen. */
const LONG = 'Pairing table at the coffee bar behind the escalators on level 12 in 30 min for 8 #internationalisation #accessibility';

/** What is wider than the screen, or cannot be pressed because something lies on it, once it has been scrolled to. */
const outOfReach = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide =
      scrollWidth > clientWidth
        ? Array.from(document.body.querySelectorAll<HTMLElement>('*'))
            .filter((element) => element.getBoundingClientRect().right > clientWidth)
            .map((element) => `wider than the screen: ${element.outerHTML.slice(0, 120)}`)
        : [];
    const within = document.querySelector('dialog[open]') ?? document;
    const pressable = Array.from(within.querySelectorAll<HTMLElement>('button, a[href], input, textarea, select, summary'));
    const covered = pressable.filter((element) => {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = element.getClientRects()[0];
      // What only screen readers find is one pixel.
      if (box === undefined || box.width <= 1) return false;
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return top === null || !(element.contains(top) || top.contains(element) || element.closest('label')?.contains(top));
    });
    const cut = Array.from(within.querySelectorAll<HTMLElement>('h1, button span, label span, a[data-id] span')).filter((element) => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      // A letter may reach out of its line; what is cut off is a line. Titles on cards are, on purpose.
      const height = element.matches('h1') ? clientHeight + parseFloat(getComputedStyle(element).fontSize) / 2 : Infinity;
      return element.checkVisibility() && clientWidth > 1 && (scrollWidth > clientWidth + 1 || scrollHeight > height);
    });
    return [
      ...wide,
      ...cut.map((element) => `cut: ${element.outerHTML.slice(0, 120)}`),
      ...covered.map((element) => `covered: ${element.outerHTML.slice(0, 160)}`),
    ];
  });

test('on narrow and low screens and with large letters nothing is wider than the screen, and everything can be pressed', async ({
  story,
}) => {
  const host = await story.phone({ name: 'Hana' });
  const { page, url, owner } = host;
  const hosting = await (await host.board.startPosting()).post('Rust pairing table with a rather long title at booth 4 in 30 min for 8');
  await hosting.shown('Rust pairing table with a rather long title');
  const gathering = page.url();
  const { board, post, plan, ui, gathering: words } = owner.words;
  const screens = [
    { at: url, there: page.locator('a[data-id]') },
    { at: gathering, there: hosting.guests },
    { at: `${url}/post`, there: page.getByRole('textbox', { name: post.line }) },
    { at: `${url}/inbox`, there: page.getByRole('link', { name: board.me }) },
    { at: `${url}/plan`, there: page.getByRole('button', { name: plan.file }) },
    { at: `${url}/me`, there: page.getByRole('heading', { name: owner.words.person.name }) },
  ];
  for (const { how, text, ...size } of VIEWS) {
    await page.setViewportSize(size);
    for (const { at, there } of screens) {
      await page.goto(at);
      await page.evaluate((large) => (document.documentElement.style.fontSize = large), text);
      await expect(there).toBeVisible();
      if (at.endsWith('/post')) await page.getByRole('textbox', { name: post.line }).fill(LONG);
      expect.soft(await outOfReach(page), `${new URL(at).pathname}, ${how}`).toEqual([]);
    }
    await page.goto(gathering);
    await page.evaluate((large) => (document.documentElement.style.fontSize = large), text);
    const sheet = await hosting.tool('move', words.moveTitle);
    await expect(sheet.getByRole('button', { name: ui.close })).toBeVisible();
    expect.soft(await outOfReach(page), `a sheet, ${how}`).toEqual([]);
  }
});

test('a card says in one name when, what, where, whose, how many seats, and how I stand to it; the list is no live region', async ({
  story,
}) => {
  const host = await story.phone({ name: 'Hana' });
  await (await (await host.board.startPosting()).post('Demo hour at booth 4 in 30 min for 8')).shown('Demo hour');
  const guest = await story.phone({ name: 'Gus', node: 1 });
  const page = await guest.board.open('Demo hour');
  await page.takeSeat();
  await expect(page.seat).toContainText('You are going');
  await page.back();
  await expect(guest.board.card('Demo hour')).toHaveAccessibleName(
    /^\d\d:\d\d in \d+ min Demo You are going Demo hour booth 4 by Hana 7 seats left/i,
  );
  await expect(guest.page.locator(':is([role=status], [role=log], [role=alert], [aria-live]) a[data-id]')).toHaveCount(0);
});

test('a screen reader finds the list, the page of a gathering, how I stand to it, and what is posted by their names', async ({ story }) => {
  const host = await story.deployment.attendee(story.board, 'Hana');
  const start = Date.now() + 1_800_000;
  accepted(
    await host.phone.insist(withId(gathering(freshId(), { title: 'Demo hour', kind: 'demo', place: 'Booth 4', start, capacity: 8 }))),
  );
  host.phone.drop();
  const { page, board, url } = await story.phone();
  await expect(board.card('Demo hour')).toBeVisible();
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - heading "Harbour Meetup" [level=1]
      - status "You see every change as it happens.": Live
      - region "Starting soon 1":
        - heading "Starting soon 1" [level=2]
        - list:
          - listitem:
            - link /Demo hour Booth 4 by Hana 8 seats left/
      - group "Filters":
        - button "Search"
        - button "Mine"
        - button "Free seats"
      - link "Post a gathering"
  `);
  const seat = await board.open('Demo hour');
  await expect(seat.guests).toBeVisible();
  await expect(page.locator('.screen')).toMatchAriaSnapshot(`
    - banner:
      - button "Back"
    - main:
      - article:
        - heading "Demo hour" [level=1]
        - term: Place
        - definition: Booth 4
        - region "Who goes":
          - heading "Who goes" [level=2]
    - complementary "Take a seat":
      - status:
        - paragraph:
          - strong: 8 seats left
      - button "Take a seat"
  `);
  await page.goto(`${url}/post`);
  await page.getByRole('textbox').first().fill('Pairing table at booth 4 in 30 min for 8 #rust');
  await expect(page.locator('.screen')).toMatchAriaSnapshot(`
    - banner:
      - button "Back"
      - heading "Post a gathering" [level=1]
      - button "Start again"
    - main:
      - textbox "What, where, when": "Pairing table at booth 4 in 30 min for 8 #rust"
      - paragraph: One line is enough. What is understood shows below; tap to change it.
      - region "What will be posted":
        - heading "What will be posted" [level=2]
        - 'button "Title: Pairing table. Change"'
        - list:
          - listitem:
            - 'button "Kind: Corner. Change"'
          - listitem:
            - button /Time. .+ Change/
          - listitem:
            - 'button "Place: booth 4. Change"'
          - listitem:
            - 'button "Seats: 8 seats. Change"'
          - listitem:
            - 'button "Plus ones: No +1. Change"'
          - listitem:
            - 'button "Tags: #rust. Change"'
      - alert
      - group: Description, link and more
    - button "Post"
  `);
});

test('what changes on another phone is said once where it matters, and ten changes a second let one listen to something else', async ({
  story,
}) => {
  const host = await story.deployment.attendee(story.board, 'Hana');
  const demo = freshId();
  accepted(await host.phone.insist(withId(gathering(demo, { title: 'Demo hour', start: Date.now() + 1_800_000, capacity: 40 }))));
  const guests = await Promise.all(['Ada', 'Bo', 'Cy', 'Di'].map((name) => story.deployment.attendee(story.board, name, 1)));
  const { page, board } = await story.phone();
  const seat = await board.open('Demo hour');
  await expect(seat.guests).toBeVisible();
  const heard = await hear(page);
  accepted(await host.phone.insist(withId({ type: 'moveGathering', gathering: demo, place: 'Rooftop' })));
  for (const type of ['takeSeat', 'giveBackSeat', 'takeSeat'] as const) {
    for (const { phone } of guests) accepted(await phone.insist(withId({ type, gathering: demo })));
  }
  await expect(seat.news).toContainText('Rooftop');
  await expect(seat.seat).toContainText('36 seats left');
  expect(await heard()).toEqual([expect.stringContaining('Rooftop')]);
  for (const { phone } of [host, ...guests]) phone.drop();
});

test('for whom motion makes sick nothing glides, rises or fades: not the list, no dialog, no word that comes and goes', async ({
  story,
}) => {
  const host = await story.deployment.attendee(story.board, 'Hana');
  const post = async (title: string, minutes: number): Promise<void> => {
    accepted(await host.phone.insist(withId(gathering(freshId(), { title, start: Date.now() + minutes * 60_000 }))));
  };
  await post('Tea', 50);
  const { page, board, owner } = await story.phone();
  await expect(board.card('Tea')).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moved = await watchMotion(page);
  /** Something new in the list, and a dialog that is open until `seen`. */
  const stir = async (title: string, minutes: number, seen: () => Promise<unknown>): Promise<void> => {
    await post(title, minutes);
    await expect(board.card(title)).toBeVisible();
    await page.getByRole('button', { name: owner.words.ui.settings }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await seen();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  // A dialog that is closed before it was drawn has moved for nobody.
  await stir('Cake', 40, () => drawn(page));
  expect(await moved()).toEqual([]);
  // For everybody else they do: the eye is not blind.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await stir('Biscuits', 30, () =>
    expect.poll(moved).toEqual(expect.arrayContaining([expect.stringContaining('animate: '), expect.stringContaining('animationstart: ')])),
  );
  host.phone.drop();
});
