/** Written without a network: kept, changed, taken back, and sent once; each ends visibly (C2). */
import type { Page } from '@playwright/test';
import { accepted } from '@huddle/rig/deployment.ts';
import { withId } from '@huddle/rig/http.ts';
import { expect, test, type StoryPhone } from '../fixtures/story.ts';
import { syncNow, watchWorker } from '../fixtures/worker.ts';
import { BoardPage } from '../model/board-page.ts';
import { GatheringPage } from '../model/gathering-page.ts';
import { PostPage } from '../model/post-page.ts';

// As on https: the worker keeps all screens, so that any of them opens without a network.
test.use({ serviceWorkers: 'allow' });

const BACK_MS = 30_000;

/** Loses the network, and knows it. */
const loseNetwork = async ({ context, page, owner }: StoryPhone): Promise<void> => {
  await page.evaluate(async () => {
    const { serviceWorker } = navigator;
    if (serviceWorker.controller === null) await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  });
  await context.setOffline(true);
  const sentence = page.getByText(new RegExp(`^${owner.words.board.offlineSince('.*')}$`));
  await expect(sentence.filter({ visible: true })).toBeVisible({ timeout: BACK_MS });
};

/** How many commands the phone itself keeps for this board: what a page only remembers would go with it. */
const kept = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('huddle');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const counting = opening.result.transaction('outbox').objectStore('outbox').getAll();
          counting.onsuccess = () => {
            opening.result.close();
            resolve((counting.result as { answer?: unknown }[]).filter(({ answer }) => answer === undefined).length);
          };
        };
      }),
  );

test('what is written without a network waits in its order, is changed and taken back until then, and goes out once', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const { board, owner, page, context } = host;
  const demo = await (await board.startPosting()).post('Demo hour at booth 4 in 30 min for 8');
  await expect(demo.guests).toBeVisible();
  const guest = await story.phone({ node: 1 });
  const seen = await guest.board.open('Demo hour');

  await loseNetwork(host);
  await demo.move('Rooftop');
  await demo.tell('We begin late');
  await demo.back();
  const post = await board.startPosting();
  await post.post('Dinner at the bar in 50 min for 4');
  await post.another();
  await post.post('Rust table at booth 2 in 60 min for 6');
  await page.getByRole('button', { name: owner.words.ui.back, exact: true }).click();

  const { outbox } = board;
  await outbox.open('waiting', 4);
  await expect(outbox.waiting).toContainText(['Rooftop', 'We begin late', 'Dinner', 'Rust table']);
  await outbox.edit(outbox.waiting.nth(1));
  const line = page.getByRole('dialog', { name: owner.words.gathering.tellTitle });
  await demo.writeLine(line, 'We begin ten minutes late');
  await expect(outbox.waiting).toContainText(['Rooftop', 'We begin ten minutes late', 'Dinner', 'Rust table']);
  await outbox.withdraw(outbox.waiting.nth(3));
  await expect(outbox.waiting).toHaveCount(3);
  await outbox.edit(outbox.waiting.nth(2));
  await new PostPage(page, owner).rename('Supper');
  await outbox.open('waiting', 3);
  await expect(outbox.waiting).toContainText(['Rooftop', 'We begin ten minutes late', 'Supper']);

  await context.setOffline(false);
  await expect(outbox.ended).toContainText(['Rooftop', 'We begin ten minutes late', 'Supper'], { timeout: BACK_MS });
  await expect(outbox.waiting).toHaveCount(0);
  // Newest first.
  await expect(seen.news.getByRole('listitem')).toContainText(['We begin ten minutes late', 'Rooftop']);
  await seen.back();
  await expect(guest.board.card('Supper')).toHaveCount(1);
  await expect(guest.board.cards).toHaveCount(2);
  await outbox.close();
  await expect(outbox.line('sent', 3)).toHaveCount(0);
});

test('a seat asked for without a network ends on the waitlist with its true place, which keeps up; or is refused, and says why', async ({
  story,
}) => {
  const host = await story.phone({ name: 'Hana' });
  const table = await (await host.board.startPosting()).post('Pairing table for 1 in 10 min');
  await expect(table.guests).toBeVisible();
  const gathering = host.page.url().split('/').pop() ?? '';
  await table.back();
  const dinner = await (await host.board.startPosting()).post('Dinner at the bar in 50 min for 4');
  await expect(dinner.guests).toBeVisible();
  const people = [await story.deployment.attendee(story.board, 'Ada'), await story.deployment.attendee(story.board, 'Bo', 1)];
  for (const { phone } of people) accepted(await phone.insist(withId({ type: 'takeSeat', gathering })));

  const guest = await story.phone({ name: 'Cleo', node: 1 });
  const { board, context, page } = guest;
  const full = await board.open('Pairing table');
  await expect(page.getByRole('button', { name: guest.owner.words.rsvp.joinWaitlist })).toBeVisible();
  await loseNetwork(guest);
  await full.joinWaitlist();
  await full.back();
  await (await board.open('Dinner')).takeSeat();
  await dinner.callOff('The cook is ill');
  await expect(host.page.getByText(host.owner.words.gathering.calledOff)).toBeVisible();

  const { outbox } = board;
  await outbox.open('waiting', 3);
  await expect(outbox.waiting).toContainText(['Cleo', 'Pairing table', 'Dinner']);
  await context.setOffline(false);
  const { standing, refusal } = guest.owner.words;
  await expect(outbox.ended.filter({ hasText: 'Pairing table' })).toContainText(standing.position(2), { timeout: BACK_MS });
  const refused = outbox.ended.filter({ hasText: 'Dinner' });
  await expect(refused).toContainText(refusal.cancelled);
  accepted(await people[1]!.phone.insist(withId({ type: 'giveBackSeat', gathering })));
  await expect(outbox.ended.filter({ hasText: 'Pairing table' })).toContainText(standing.position(1));

  // What was refused stays until it is put away.
  await outbox.close();
  await outbox.open('refused', 1);
  await outbox.putAway(refused);
  await expect(refused).toHaveCount(0);
  await outbox.close();
  await expect(outbox.line('refused', 1)).toHaveCount(0);
  for (const { phone } of people) phone.drop();
});

test('two tabs share one outbox: what one has written the other changes and takes back, and each thing is sent once', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  await expect((await (await host.board.startPosting()).post('Demo hour at booth 4 in 30 min for 8')).guests).toBeVisible();
  const guest = await story.phone({ node: 1 });
  await new GatheringPage(host.page, host.owner).back();
  const page = await host.context.newPage();
  const second = { ...host, page, board: new BoardPage(page, host.owner) };
  await page.goto(host.url);
  await expect(second.board.live).toBeVisible();

  await loseNetwork(host);
  await (await host.board.startPosting()).post('Dinner at the bar in 50 min for 4');
  await second.board.outbox.open('waiting', 1);
  await second.board.outbox.edit(second.board.outbox.waiting);
  await new PostPage(page, host.owner).rename('Supper');
  await (await second.board.startPosting()).post('Rust table at booth 2 in 60 min for 6');
  await host.page.goBack();
  await host.board.outbox.open('waiting', 2);
  await expect(host.board.outbox.waiting).toContainText(['Supper', 'Rust table']);

  await host.context.setOffline(false);
  await expect(host.board.outbox.ended).toContainText(['Supper', 'Rust table'], { timeout: BACK_MS });
  await expect(guest.board.card('Rust table')).toHaveCount(1);
  await expect(guest.board.card('Supper')).toHaveCount(1);
  await expect(guest.board.cards).toHaveCount(3);
  await host.board.outbox.close();
  // Looked at in one tab, it is looked at.
  await expect(second.board.outbox.line('sent', 2)).toHaveCount(0);
});

test('a page that was killed: the next one shows what it left; with none open the worker sends it once, and the next one says so', async ({
  story,
}) => {
  const host = await story.phone({ name: 'Hana' });
  await expect((await (await host.board.startPosting()).post('Demo hour at booth 4 in 30 min for 8')).guests).toBeVisible();
  const guest = await story.phone({ node: 1 });
  // An empty page, from which the browser's part is played.
  const worker = await watchWorker(host.page, await host.context.newPage());
  await new GatheringPage(host.page, host.owner).back();
  await loseNetwork(host);
  await (await host.board.startPosting()).post('Dinner at the bar in 50 min for 4');
  await expect(host.page.getByText(host.owner.words.post.queued)).toBeVisible();
  await expect.poll(() => kept(host.page)).toBe(1);
  await host.page.close();

  const next = await host.context.newPage();
  await next.goto(host.url);
  const { outbox } = new BoardPage(next, host.owner);
  await outbox.open('waiting', 1);
  await expect(outbox.waiting).toContainText(['Dinner']);
  await next.close();

  await host.context.setOffline(false);
  // A try of the browser's own may be under way: whoever comes second leaves it to that one.
  await expect(async () => {
    await syncNow(worker);
    await expect(guest.board.card('Dinner')).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: BACK_MS });

  const last = await host.context.newPage();
  await last.goto(host.url);
  const { outbox: after } = new BoardPage(last, host.owner);
  await after.open('sent', 1);
  await expect(after.ended).toContainText(['Dinner']);
  await expect(guest.board.card('Dinner')).toHaveCount(1);
  await expect(guest.board.cards).toHaveCount(2);
});
