/** Within everybody's reach: large letters, narrow and low screens, and what a screen reader says of a card. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/story.ts';

/** As phones are held, and as their owners set them. */
const VIEWS = [
  { how: '320 px wide', width: 320, height: 640, text: '' },
  { how: 'in landscape', width: 740, height: 360, text: '' },
  { how: 'with letters twice as large', width: 390, height: 844, text: '200%' },
] as const;

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
    return [...wide, ...covered.map((element) => `covered: ${element.outerHTML.slice(0, 160)}`)];
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
