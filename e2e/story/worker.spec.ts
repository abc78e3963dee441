/** With the service worker, as on https: what was seen once opens without a network. */
import { accepted, gathering, HOUR } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { Gateway, nextRelease } from '../fixtures/gateway.ts';
import { keptBoards } from '../fixtures/kept.ts';
import { expect, test } from '../fixtures/story.ts';
import { GatheringPage } from '../model/gathering-page.ts';

test.use({ serviceWorkers: 'allow' });
// A phone fetches every screen of a release before its worker is ready.
test.describe.configure({ timeout: 120_000 });

test('any page opens offline from the last board, says how old it is, and is live again by itself', async ({ story }) => {
  const { page, context, board, owner, url } = await story.phone({ name: 'Hana' });
  const demo = await (await board.startPosting()).post('Demo hour at booth 4 in 30 min for 8');
  await demo.shown('Demo hour');
  // It is on the board, and no draft any more.
  await expect(demo.guests).toBeVisible();
  const deep = page.url();
  await page.evaluate(async () => navigator.serviceWorker.ready);

  await context.setOffline(true);
  await page.goto(deep);
  await new GatheringPage(page, owner).shown('Demo hour');
  await page.goto(url);
  await expect(board.card('Demo hour')).toBeVisible();
  await expect(board.offline).toBeVisible();

  await context.setOffline(false);
  await expect(board.live).toBeVisible({ timeout: 30_000 });
});

test('every address opens offline after one visit, in the reader’s language; what is mine is there with its place and details', async ({
  story,
}) => {
  const ada = await story.deployment.organiser(story.board, 'Ada');
  const [dinner, other] = [freshId(), freshId()];
  const fields = {
    place: 'Kitchen',
    address: 'Third door',
    placeFor: 'going',
    description: 'Bring a bowl.',
    end: Date.now() + 9 * HOUR,
  } as const;
  accepted(await ada.phone.insist(withId(gathering(dinner, { title: 'Noodles', ...fields }))));
  accepted(await ada.phone.insist(withId({ type: 'takeSeat', gathering: dinner })));
  accepted(await ada.phone.insist(withId(gathering(other, { title: 'Cake', end: Date.now() + 9 * HOUR }))));
  ada.phone.drop();
  const { page, context, board, owner, url } = await story.phone({ session: ada.session, language: 'zh-Hant', clock: true });
  const words = owner.words;
  await page.evaluate(async () => navigator.serviceWorker.ready);
  // Its page is never opened with a network: what is mine is fetched ahead, and kept.
  await expect.poll(() => keptBoards(page), { timeout: 30_000 }).toContain(`details/${dinner}`);

  await context.setOffline(true);
  const screens = { g: 'Cake', post: words.post.title, inbox: words.inbox.title, plan: words.board.plan, me: words.board.me };
  for (const [screen, title] of Object.entries({ ...screens, organise: words.organiser.title })) {
    await page.goto(`${url}/${screen === 'g' ? `g/${other}` : screen}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(board.age).toBeVisible();
  }
  await page.goto(`${url}?mine=1`);
  await page.clock.fastForward('02:00:00');
  await expect(board.age).toContainText('2 小時前');
  await expect(board.cards).toHaveCount(2);
  await board.open('Noodles');
  for (const text of ['Kitchen', 'Third door', 'Bring a bowl.']) await expect(page.getByRole('main').getByText(text).first()).toBeVisible();
});

test('a new release takes over beside an open page: it goes on, what waits is sent once, and the next page is the new one', async ({
  story,
}) => {
  const host = await story.phone({ name: 'Hana', node: 1, serviceWorkers: 'block' });
  const hosting = await (await host.board.startPosting()).post('Dinner at the bar in 50 min for 4');
  await hosting.shown('Dinner');
  const node = story.deployment.nodes[0]!;
  const gateway = await Gateway.before(node.port);
  const { page, context, board, owner, url } = await story.phone({ name: 'Gus', origin: gateway.url });
  await page.evaluate(async () => navigator.serviceWorker.ready);
  const dinner = await board.open('Dinner');

  // The nodes are being replaced: files can be had, the board cannot.
  gateway.sockets = false;
  gateway.instead = (request, response) => {
    if (request.url?.startsWith('/api/') !== true) return false;
    response.writeHead(503).end();
    return true;
  };
  gateway.cut();
  await dinner.takeSeat();
  await expect(dinner.seat).toContainText(owner.words.rsvp.waitsForNetwork, { timeout: 30_000 });
  const { mark, ...rewriting } = await nextRelease(node.url);
  gateway.rewriting = rewriting;
  await page.evaluate(async () => {
    const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    await (await navigator.serviceWorker.ready).update();
    await taken;
  });
  await expect(dinner.seat).toContainText(owner.words.rsvp.waitsForNetwork);

  gateway.sockets = true;
  gateway.instead = () => false;
  await expect(dinner.seat).toContainText(owner.words.standing.going, { timeout: 30_000 });
  await expect(hosting.guests.getByRole('listitem')).toHaveText(['Gus']);
  // A part of itself that the page has not needed yet: no node has it any more.
  await dinner.back();
  await page.getByRole('button', { name: owner.words.ui.settings }).click();
  await expect(page.getByRole('dialog', { name: owner.words.ui.settings })).toBeVisible();
  expect(await page.locator('script[type=module]').getAttribute('src')).not.toContain(mark);

  await page.goto(url);
  await expect(page.locator(`script[type=module][src*="${mark}"]`)).toHaveCount(1);
  await expect(board.live).toBeVisible({ timeout: 30_000 });
  await context.setOffline(true);
  await page.goto(url);
  await expect(board.card('Dinner')).toContainText(owner.words.standing.going);
  await expect(page.locator(`script[type=module][src*="${mark}"]`)).toHaveCount(1);
  await context.close();
  gateway.close();
});
