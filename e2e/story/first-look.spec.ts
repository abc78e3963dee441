/** P10: what a phone sees before any script runs, drawn by the node. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { accepted, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { addDays, dayOf } from '@huddle/shared/time.ts';
import { expect, test } from '../fixtures/story.ts';

/** Keeps the page's script from coming until what is returned lets it in. */
const holdScripts = async (page: Page): Promise<() => void> => {
  let letIn = (): void => undefined;
  const held = new Promise<void>((resolve) => (letIn = resolve));
  await page.route('**/assets/first-*.js', async (route) => {
    await held;
    await route.continue();
  });
  return letIn;
};

/** A line to the deployment at `url` that stalls within each page, before the snapshot at its end, until `goOn` is called. */
const stallingLine = async (url: string) => {
  let goOn = (): void => undefined;
  const told = new Promise<void>((resolve) => (goOn = resolve));
  const asked: string[] = [];
  const line = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? '/';
      asked.push(path);
      const answer = await fetch(url + path, { headers: { 'accept-language': 'en' } });
      response.setHeader('content-type', answer.headers.get('content-type') ?? '');
      const body = Buffer.from(await answer.arrayBuffer());
      const end = body.indexOf('<script type="application/json"');
      if (end > 0) {
        response.write(body.subarray(0, end));
        await told;
      }
      response.end(body.subarray(Math.max(end, 0)));
    })();
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    asked,
    goOn,
    close: () => {
      line.closeAllConnections();
      line.close();
    },
  };
};

test('a line that stalls within the page: what is seen stays, and no script begins without the rest of it', async ({ story, browser }) => {
  const host = await story.phone({ name: 'Hana' });
  await (await host.board.startPosting()).post('Tea and protocols at the bar in 30 min for 8');
  const { origin, pathname } = new URL(host.url);
  const line = await stallingLine(origin);
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 390, height: 844 } });
  await page.goto(line.url + pathname, { waitUntil: 'commit' });
  const card = page.getByRole('link', { name: /Tea and protocols/ });
  await card.evaluate((element) => (element.dataset['before'] = 'yes'));
  // Longer than the page waits for being told of a paint.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1200)));
  expect(line.asked.filter((path) => path.startsWith('/assets/'))).toEqual([]);
  line.goOn();
  await page.getByRole('button', { name: host.owner.words.ui.settings }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toHaveAttribute('data-before', 'yes');
  await page.close();
  line.close();
});

test('before any script has come the board is there, in the reader’s language, and a tap leads on', async ({ story, browser }) => {
  const host = await story.phone({ name: 'Hana' });
  await (await host.board.startPosting()).post('Tea and protocols at the bar in 30 min for 8');
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'ja-JP', viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(host.url);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await page.getByRole('link', { name: /Tea and protocols/ }).click();
  await expect(page.getByRole('heading', { name: 'Tea and protocols', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/g\//);
  await context.close();
});

test('the script takes over what is there: the same cards, what was tapped meanwhile, no date looked up, and no word refused by the page’s policy', async ({
  story,
  browser,
}) => {
  const host = await story.phone({ name: 'Hana' });
  await (await host.board.startPosting()).post('Tea and protocols at the bar in 30 min for 8');

  const { board, ui } = host.owner.words;
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 390, height: 844 } });
  const said: string[] = [];
  page.on('console', (message) => /policy|hydrat/i.test(message.text()) && said.push(message.text()));
  // A phone's first use of its tables of dates takes longer than all the rest.
  await page.addInitScript(() => {
    const Format = Intl.DateTimeFormat;
    Intl.DateTimeFormat = function (...asked: ConstructorParameters<typeof Format>) {
      console.log('looked up after hydrating', JSON.stringify(asked));
      return new Format(...asked);
    } as typeof Format;
  });
  const letIn = await holdScripts(page);
  await page.goto(host.url, { waitUntil: 'commit' });
  const card = page.getByRole('link', { name: /Tea and protocols/ });
  await card.evaluate((element) => (element.dataset['before'] = 'yes'));
  await page.getByRole('button', { name: ui.settings }).click();
  letIn();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status').filter({ hasText: board.live })).toBeVisible();
  await expect(card).toHaveAttribute('data-before', 'yes');
  await expect(page.locator('main')).toHaveCount(1);
  await card.click();
  await expect(page.getByText(/\d\d:\d\d – \d\d:\d\d/).first()).toBeVisible();
  expect(said).toEqual([]);
  await page.close();
});

test('what is written and sent before the script has come is posted once it is there', async ({ story, browser }) => {
  const host = await story.phone({ name: 'Hana' });
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 390, height: 844 } });
  const letIn = await holdScripts(page);
  await page.goto(`${host.url}/post`, { waitUntil: 'commit' });
  await page.getByRole('textbox').first().fill('Tea at the bar in 30 min for 8');
  await page.getByRole('button', { name: host.owner.words.board.post, exact: true }).click();
  letIn();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page).toHaveURL(/\/post$/);
  await page.close();
});

test('a box that is ticked before the script has come stays so', async ({ story, browser }) => {
  const host = await story.deployment.attendee(story.board, 'Hana');
  const tea = freshId();
  accepted(await host.phone.insist(withId(gathering(tea, { title: 'Tea' }))));
  host.phone.drop();
  const { words } = (await story.phone({ name: 'Ben' })).owner;
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 390, height: 844 } });
  const url = `${story.deployment.url(0)}/b/${story.board.slug}/g/${tea}`;
  // A page is drawn from a snapshot, which may be a second old.
  await expect.poll(async () => (await fetch(url)).text()).toContain(words.gathering.discreet);
  const letIn = await holdScripts(page);
  await page.goto(url, { waitUntil: 'commit' });
  const discreet = page.getByRole('checkbox', { name: words.gathering.discreet });
  await discreet.check();
  letIn();
  // Alive, and so is the box.
  await page.getByRole('button', { name: words.rsvp.takeSeat }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(discreet).toBeChecked();
  await page.close();
});

test('C4: where the phone’s clock differs from the venue’s both are told, in room that was there from the first', async ({
  story,
  browser,
}) => {
  const host = await story.deployment.attendee(story.board, 'Hana');
  const tea = freshId();
  // Noon in Hong Kong is the same day in Berlin: where days differ they are told as well, which may take another line.
  const start = Date.parse(`${addDays(dayOf(Date.now(), 'Asia/Hong_Kong'), 1)}T12:00:00+08:00`);
  accepted(await host.phone.insist(withId(gathering(tea, { title: 'Tea', place: 'Corner sofa', start, end: start + 3_600_000 }))));
  host.phone.drop();
  const board = `${story.deployment.url(0)}/b/${story.board.slug}`;
  for (const [url, below] of [
    [board, 'Tea'],
    [`${board}/g/${tea}`, 'Corner sofa'],
  ] as const) {
    // A page is drawn from a snapshot, which may be a second old.
    await expect.poll(async () => (await fetch(url)).text()).toContain(`${below}<`);
    const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Berlin', viewport: { width: 390, height: 844 } });
    const letIn = await holdScripts(page);
    await page.goto(url, { waitUntil: 'commit' });
    const seen = page.getByText(below, { exact: true });
    const before = await seen.boundingBox();
    const ownTime = page.getByText(/\d\d:\d\d where you are/);
    await expect(ownTime).toBeHidden();
    letIn();
    await expect(ownTime).toBeVisible();
    expect(await seen.boundingBox(), url).toEqual(before);
    await page.close();
  }
});
