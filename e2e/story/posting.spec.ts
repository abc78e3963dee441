/** Somebody posts; everybody sees it. */
import { expect, test } from '../fixtures/story.ts';

test('a host posts, and two phones see it, one on each node', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const others = [await story.phone({ node: 0 }), await story.phone({ node: 1 })];
  const post = await host.board.startPosting();
  const page = await post.post('zk corner meeting at coffee bar in 10 min for 8');
  await page.shown('zk corner meeting');
  for (const { board } of others) {
    await expect(board.card('zk corner meeting')).toContainText('coffee bar');
    await expect(board.card('zk corner meeting')).toContainText('8 seats left');
  }
});

test('one line of Chinese is enough', async ({ story }) => {
  const host = await story.phone({ name: '阿明', language: 'zh-Hant' });
  const other = await story.phone({ node: 1, language: 'zh-Hans' });
  const post = await host.board.startPosting();
  await post.line.fill('十分鐘後在咖啡吧聊零知識，八個人');
  await expect(post.chips).toContainText('咖啡吧');
  await expect(post.chips).toContainText('8');
  const page = await post.post('十分鐘後在咖啡吧聊零知識，八個人');
  await expect(page.title).toContainText('零知識');
  await expect(other.board.cards).toContainText('零知識');
  await expect(other.board.cards).toContainText('咖啡吧');
});

test('a double tap posts once', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const other = await story.phone({ node: 1 });
  const first = await (await host.board.startPosting()).post('Side table for 3 at booth 4');
  await first.shown('Side table');
  await first.back();
  const second = await host.board.startPosting();
  await (await second.post('Rooftop drinks at the bar', (button) => button.dblclick())).shown('Rooftop drinks');
  await expect(other.board.card('Rooftop drinks')).toHaveCount(1);
  await expect(other.board.cards).toHaveCount(2);
});
