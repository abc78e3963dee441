/** A Wi-Fi that wants a log-in first answers everything with a page of its own: no answer of ours. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Proxy } from '@huddle/rig/proxy.ts';
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
