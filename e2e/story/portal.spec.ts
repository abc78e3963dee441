/** A Wi-Fi that wants a log-in first answers everything with a page of its own: no answer of ours. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Proxy } from '@huddle/rig/proxy.ts';
import { Gateway } from '../fixtures/gateway.ts';
import { expect, test } from '../fixtures/story.ts';

/** @returns where it listens, and how to end it */
const logInPage = async (): Promise<{ readonly port: number; readonly close: () => void }> => {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Welcome to Hall Wi-Fi</h1>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close().closeAllConnections() };
};

test('behind the log-in page of a Wi-Fi nobody is told that they are in; once through, the seat is asked for once', async ({ story }) => {
  const host = await story.phone({ name: 'Hana', node: 1 });
  const hosting = await (await host.board.startPosting()).post('Dinner at the bar in 50 min for 4');
  await hosting.shown('Dinner');

  const wifi = await Proxy.before(story.deployment.nodes[0]!.port);
  const portal = await logInPage();
  const guest = await story.phone({ name: 'Gus', origin: wifi.url });
  const dinner = await guest.board.open('Dinner');
  const through = wifi.target;
  wifi.target = { port: portal.port, host: '127.0.0.1' };
  wifi.cut();
  await dinner.takeSeat();
  await expect(dinner.seat).toContainText('Goes out once there is a connection', { timeout: 30_000 });
  await expect(dinner.seat).not.toContainText('You are going');

  wifi.target = through;
  wifi.cut();
  await expect(dinner.seat).toContainText('You are going', { timeout: 30_000 });
  await expect(hosting.guests.getByRole('listitem')).toHaveText(['Gus']);
  await guest.context.close();
  await wifi.close();
  portal.close();
});

test('C7: the same where only HTTP gets through: a page is no answer to a command, whatever it says it is', async ({ story }) => {
  const host = await story.phone({ name: 'Hana', node: 1 });
  const hosting = await (await host.board.startPosting()).post('Dinner at the bar in 50 min for 4');
  await hosting.shown('Dinner');
  const gateway = await Gateway.before(story.deployment.nodes[0]!.port);
  const guest = await story.phone({ name: 'Gus', origin: gateway.url, clock: true });
  const { page } = guest;
  const dinner = await guest.board.open('Dinner');
  let polls = 0;
  gateway.instead = ({ url = '' }) => {
    if (url.endsWith(`/boards/${story.board.slug}`)) polls += 1;
    return false;
  };
  gateway.sockets = false;
  gateway.cut();
  await expect(async () => {
    await page.clock.fastForward('00:10');
    expect(polls).toBeGreaterThan(0);
  }).toPass();

  // Pages of all sorts, in turn: plainly one, one that calls itself JSON, and the way to one.
  const asked: string[] = [];
  gateway.instead = ({ method, url = '' }, response) => {
    if (method === 'POST') asked.push(url);
    if (url === '/log-in' || asked.length % 3 === 0) response.setHeader('content-type', 'text/html');
    else if (asked.length % 3 === 1) response.setHeader('content-type', 'application/json');
    else response.writeHead(302, { location: '/log-in' });
    response.end('<h1>Welcome to Hall Wi-Fi</h1>');
    return true;
  };
  await dinner.takeSeat();
  await expect.poll(() => asked.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
  await expect(dinner.seat).not.toContainText(guest.owner.words.standing.going);
  await page.clock.fastForward('02:00');
  await expect(dinner.seat).toContainText(guest.owner.words.rsvp.waitsForNetwork);
  await expect(guest.board.age).toContainText(/[2-9] minutes ago/);

  gateway.instead = () => false;
  await page.clock.fastForward('00:20');
  await expect(dinner.seat).toContainText(guest.owner.words.standing.going, { timeout: 30_000 });
  await expect(hosting.guests.getByRole('listitem')).toHaveText(['Gus']);
  await guest.context.close();
  gateway.close();
});
