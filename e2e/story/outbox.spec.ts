/** Written without a network: kept, changed, taken back, and sent once; each ends visibly (C2). */
import { expect, test, type StoryPhone } from '../fixtures/story.ts';
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
