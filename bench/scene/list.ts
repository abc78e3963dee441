/**
 * P11: a list of 300 cards with 10 changes a second, on a phone with a quarter of this processor: what a thumb waits for, and the longest
 * task – beside the same thumb on a board where nothing changes.
 */
import { chromium, CHROMIUM_ARGS } from '@huddle/e2e/fixtures/chromium.ts';
import { accepted, Deployment, gathering, HOUR, type Attendee, type TestBoard } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { pause } from '@huddle/rig/wait.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { launch, type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { ms, type Scene } from '../report.ts';

interface Size {
  readonly cards: number;
  readonly rounds: number;
}
const FULL: Size = { cards: 300, rounds: 4 };
const SMALL: Size = { cards: 20, rounds: 1 };
const CHANGES_A_SECOND = 10;
/** Nobody may send more than ten commands a second (X6). */
const PEOPLE = 4;
const CPU = 4;
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** Bars, in ms. */
const TASK = 100;
const INTERACTION = 200;

/** How long something took, and during which step of the thumb it began. */
interface Took {
  readonly step: string;
  readonly ms: number;
}

/** What the page noticed: tasks of 50 ms and more, and each interaction's time to the next paint. */
interface Noticed {
  readonly tasks: readonly Took[];
  readonly interactions: readonly Took[];
}

/** What `watch` gathers in the page; times by its own clock. */
interface Seen {
  readonly steps: { readonly step: string; readonly at: number }[];
  readonly tasks: { readonly at: number; readonly ms: number }[];
  readonly events: Map<number, { readonly at: number; readonly ms: number }>;
}

/** In the page, from now on. Several events of one interaction count as its longest, as the web's own figure does. */
const watch = (): void => {
  const seen: Seen = { steps: [], tasks: [], events: new Map() };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ at: startTime, ms: duration });
  }).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      if (entry.interactionId === 0) continue;
      const known = seen.events.get(entry.interactionId);
      if (known === undefined || known.ms < entry.duration) {
        seen.events.set(entry.interactionId, { at: entry.startTime, ms: entry.duration });
      }
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
};

const noticed = async (page: Page): Promise<Noticed> => {
  const { steps, tasks, events } = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: Seen };
    return { ...seen, events: [...seen.events.values()] };
  });
  const took = ({ at, ms: each }: { at: number; ms: number }): Took => ({
    ...{ step: steps.findLast((step) => step.at <= at)?.step ?? 'before', ms: each },
  });
  return { tasks: tasks.map(took), interactions: events.map(took) };
};

const fill = async (
  deployment: Deployment,
  board: TestBoard,
  cards: number,
): Promise<{ people: readonly Attendee[]; ids: readonly string[] }> => {
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => deployment.organiser(board, `Host ${index}`)));
  const ids = Array.from({ length: cards }, freshId);
  const start = Date.now() + HOUR / 2;
  for (const [index, id] of ids.entries()) {
    const host = people[index % PEOPLE];
    const times = { start: start + (index % 60) * 60_000, end: start + 3 * HOUR };
    const wish = gathering(id, {
      title: `Corner meeting ${index} about zero knowledge`,
      capacity: 4 + (index % 40),
      tags: ['zk', `t${index % 20}`],
      ...times,
    });
    accepted(await (host?.phone.insist(withId(wish)) ?? Promise.reject(new Error('no host'))));
  }
  return { people, ids };
};

/** Ten a second, each of another kind: seats, titles, places, times – the last moves its card. Ends when told. */
const changing = async (people: readonly Attendee[], ids: readonly string[], until: () => boolean): Promise<number> => {
  let sent = 0;
  const began = performance.now();
  for (; !until(); sent += 1) {
    const id = ids[(sent * 7) % Math.min(ids.length, 60)] ?? '';
    const start = Date.now() + HOUR / 2 + (sent % 50) * 60_000;
    const wishes: readonly CommandInput[] = [
      { type: 'takeSeat', gathering: id },
      { type: 'editGathering', gathering: id, title: `Corner meeting, take ${sent}` },
      { type: 'giveBackSeat', gathering: id },
      { type: 'postponeGathering', gathering: id, start, end: start + HOUR },
    ];
    const wish = wishes[sent % wishes.length];
    if (wish !== undefined) void people[sent % people.length]?.phone.command(withId(wish)).catch(() => undefined);
    await pause(Math.max(0, began + ((sent + 1) * 1000) / CHANGES_A_SECOND - performance.now()));
  }
  return sent;
};

const scroll = (client: CDPSession, yDistance: number): Promise<unknown> =>
  client.send('Input.synthesizeScrollGesture', { x: 195, y: 500, yDistance, speed: 1600, gestureSourceType: 'touch' });

/** A card that moves away under the thumb is missed, as by people; then it tries again. */
const openCard = async (page: Page): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    const id = await page.evaluate(() => {
      const cards = Array.from(document.querySelectorAll<HTMLElement>('a[data-id]'));
      return cards.find((card) => card.getBoundingClientRect().top > 150)?.dataset['id'];
    });
    try {
      await page.tap(`a[data-id="${id ?? ''}"]`);
      await page.waitForSelector('article h1', { visible: true, timeout: 5000 });
      return;
    } catch (error) {
      if (tries >= 5) throw error;
    }
  }
};

const rest = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));

/** What a thumb does on the list: scroll, open a card, go back, filter. */
const round = async (page: Page, client: CDPSession): Promise<void> => {
  const step = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    await page.evaluate((step) => {
      const { seen } = window as unknown as { seen: Seen };
      seen.steps.push({ step, at: performance.now() });
    }, name);
    await act();
  };
  const mine = async (): Promise<void> => {
    await (await page.$$('.dock .chip, .dock button'))[1]?.tap();
    await rest(page);
  };
  await step('scroll', () => scroll(client, -1500));
  await step('scroll', () => scroll(client, 900));
  await step('open', () => openCard(page));
  await step('back', async () => {
    await page.evaluate(() => history.back());
    await page.waitForSelector('a[data-id]', { visible: true });
  });
  await step('filter', mine);
  await step('all', mine);
};

const measured = async (browser: Browser, url: string, rounds: number): Promise<Noticed> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(PHONE);
  const client = await page.createCDPSession();
  await page.goto(url, { waitUntil: 'networkidle2' });
  // What opens the page and is fetched ahead is not the list's: P10 and U1 look at that, at a phone's speed.
  await pause(4000);
  await client.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  await page.evaluate(watch);
  for (let done = 0; done < rounds; done += 1) await round(page, client);
  const found = await noticed(page);
  await context.close();
  return found;
};

/** The longest of each step, the slowest step first. */
const byStep = (all: readonly Took[]): readonly Took[] =>
  [...new Map([...all].sort((a, b) => a.ms - b.ms).map((one) => [one.step, one])).values()].sort((a, b) => b.ms - a.ms);
const longest = (all: readonly Took[]): number => byStep(all)[0]?.ms ?? 0;
const told = (all: readonly Took[]): string =>
  byStep(all)
    .map(({ step, ms: each }) => `${step} ${ms(each)}`)
    .join(', ');

export const list: Scene = async (small) => {
  const { cards, rounds } = small ? SMALL : FULL;
  const deployment = await Deployment.embedded();
  const browser = await launch({ executablePath: chromium(), args: [...CHROMIUM_ARGS, '--lang=en-GB'] });
  try {
    const board = await deployment.board();
    const { people, ids } = await fill(deployment, board, cards);
    const url = `${deployment.url()}/b/${board.slug}`;
    const still = await measured(browser, url, rounds);
    let done = false;
    const changes = changing(people, ids, () => done);
    const busy = await measured(browser, url, rounds).finally(() => (done = true));
    const sent = await changes;
    return [
      {
        name: `P11 list of ${cards}, longest task`,
        figure: `${busy.tasks.length === 0 ? 'below 50 ms' : ms(longest(busy.tasks))}; ${busy.tasks.filter((task) => task.ms > TASK).length} above ${TASK} ms`,
        ...{ bar: `none above ${TASK} ms`, met: longest(busy.tasks) <= TASK },
        reference: `${told(busy.tasks)}; nothing changing: ${told(still.tasks)}; ${sent} changes, processor ${CPU} × slower`,
      },
      {
        name: `P11 list of ${cards}, interaction to next paint`,
        figure: `${ms(longest(busy.interactions))} the longest of ${busy.interactions.length}`,
        ...{ bar: `≤ ${INTERACTION} ms`, met: longest(busy.interactions) <= INTERACTION },
        reference: `${told(busy.interactions)}; nothing changing: ${told(still.interactions)}`,
      },
    ];
  } finally {
    await browser.close();
    await deployment.stop();
  }
};
