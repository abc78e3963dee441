/** C6: a phone that scanned the QR in the hall is on plain http, where browsers withhold much. */
import { networkInterfaces } from 'node:os';
import { expect, test } from '../fixtures/story.ts';

/** This machine's address in its network; loopback counts as secure, so it would prove nothing. */
const address = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

test('on plain http, by the address in the network, one can read, post and take a seat', async ({ story }) => {
  test.skip(address === undefined, 'this machine has no address but the loopback');
  const origins = story.deployment.nodes.map(({ port }) => `http://${address ?? ''}:${port}`);
  const host = await story.phone({ name: 'Hana', origin: origins[0]! });
  expect(await host.page.evaluate(() => isSecureContext)).toBe(false);
  await (await (await host.board.startPosting()).post('Corner meeting at coffee bar in 10 min for 8')).shown('Corner meeting');
  const guest = await story.phone({ name: 'Gus', origin: origins[1]! });
  const page = await guest.board.open('Corner meeting');
  await page.takeSeat();
  await expect(page.seat).toContainText('You are going');
  await guest.page.reload();
  await expect(page.seat).toContainText('You are going');
});
