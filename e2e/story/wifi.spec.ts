/** The Wi-Fi of a crowded hall: slow, stalling, cut off again and again, away for long. Nobody is told what is not so, and nothing happens twice. */
import type { Page } from '@playwright/test';
import { Proxy } from '@huddle/rig/proxy.ts';
import { expect, test, type Story } from '../fixtures/story.ts';
import { cutting, stalling, type Weather } from '../fixtures/weather.ts';
import { WORDS } from '../model/words.ts';

const { rsvp, standing } = WORDS.en;
/** How long what is asked for in such a Wi-Fi may take. */
const PATIENCE = { timeout: 45_000 };

/** Two phones, each behind a Wi-Fi of its own, ask for the only seat; it is given on; and one of them posts. */
const lastChair = async (story: Story, weather: Weather): Promise<void> => {
  const host = await story.phone({ name: 'Hana', node: 1 });
  const hosting = await (await host.board.startPosting()).post('Last chair at the bar in 50 min for 1');
  await hosting.shown('Last chair');
  const wifis = await Promise.all(story.deployment.nodes.map(({ port }) => Proxy.before(port)));
  const phones = await Promise.all(wifis.map(({ url }, index) => story.phone({ name: ['Ada', 'Bo'][index]!, origin: url })));
  const pages = await Promise.all(phones.map(({ board }) => board.open('Last chair')));
  const notes = await Promise.all(pages.map((page) => page.listen()));

  const ends = wifis.map(weather);
  await Promise.all(pages.map((page) => page.takeSeat()));
  const said = async (): Promise<string[]> => Promise.all(pages.map(async ({ seat }) => ((await seat.textContent()) ?? '').trim()));
  await expect.poll(async () => (await said()).sort(), PATIENCE).toEqual([standing.going, standing.position(1)]);
  const first = (await said()).indexOf(standing.going);
  const [going, waiting] = [pages[first]!, pages[1 - first]!];
  expect(await notes[1 - first]!()).not.toContain(standing.going);
  await expect(hosting.guests.getByRole('listitem')).toHaveText([['Ada', 'Bo'][first]!]);

  await going.giveBack();
  await expect(waiting.seat).toContainText(rsvp.promoted, PATIENCE);
  await expect(going.seat).not.toContainText(standing.going, PATIENCE);
  await expect(hosting.guests.getByRole('listitem')).toHaveText([['Ada', 'Bo'][1 - first]!]);

  await going.back();
  const posted = await (await phones[first]!.board.startPosting()).post('Noodles at the pier in 40 min');
  await expect(posted.title).toHaveText('Noodles', PATIENCE);
  await hosting.back();
  await expect(host.board.card('Noodles')).toHaveCount(1, PATIENCE);
  await Promise.all(ends.map((end) => end()));
  await Promise.all(phones.map(({ context }) => context.close()));
  await Promise.all(wifis.map((wifi) => wifi.close()));
};

test('400 ms away, with stalls of seconds, two ask for one seat: one is ever told they are in, until it is given on', async ({ story }) => {
  test.setTimeout(120_000);
  await lastChair(story, stalling);
});

test('cut off again and again, two ask for one seat: one is ever told they are in, until it is given on', async ({ story }) => {
  test.setTimeout(120_000);
  await lastChair(story, cutting);
});

/** How often each connection made from now on asks for what was missed. */
const questions = (page: Page): readonly { count: number }[] => {
  const lines: { count: number }[] = [];
  page.on('websocket', (socket) => {
    const line = { count: 0 };
    lines.push(line);
    socket.on('framesent', ({ payload }) => (line.count += String(payload).includes('["resume"') ? 1 : 0));
  });
  return lines;
};

test('R7: ten minutes away, a phone says how old the board is; back, one question brings all, and what waited is sent once', async ({
  story,
}) => {
  const host = await story.phone({ name: 'Hana', node: 1 });
  const demo = await (await host.board.startPosting()).post('Demo hour at booth 4 in 30 min for 8');
  await demo.shown('Demo hour');
  await demo.back();
  const hosting = await (await host.board.startPosting()).post('Dinner at the bar in 50 min for 4');
  await hosting.shown('Dinner');
  const wifi = await Proxy.before(story.deployment.nodes[0]!.port);
  const guest = await story.phone({ name: 'Gus', origin: wifi.url, clock: true });
  const dinner = await guest.board.open('Dinner');

  wifi.refuse = true;
  wifi.cut();
  await dinner.takeSeat();
  await guest.page.clock.fastForward('10:00');
  await expect(dinner.seat).toContainText(rsvp.waitsForNetwork);
  await expect(guest.board.age).toContainText(/1\d minutes ago/);
  await hosting.back();
  await (await host.board.open('Demo hour')).move('Rooftop');
  await expect(host.page.getByRole('main')).toContainText('Rooftop');
  await demo.back();
  await dinner.back();
  await expect(guest.board.card('Demo hour')).toContainText('booth 4');

  const asked = questions(guest.page);
  wifi.refuse = false;
  await guest.page.clock.fastForward('00:10');
  await expect(guest.board.live).toBeVisible({ timeout: 30_000 });
  await expect(guest.board.card('Demo hour')).toContainText('Rooftop');
  await expect(guest.board.card('Dinner')).toContainText(standing.going);
  expect(Math.max(...asked.map(({ count }) => count))).toBe(1);
  await expect((await host.board.open('Dinner')).guests.getByRole('listitem')).toHaveText(['Gus']);
  await guest.context.close();
  await wifi.close();
});
