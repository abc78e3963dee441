import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Phone } from '@huddle/rig/phone.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { turnAway } from './turn-away.ts';

let server: Server;
beforeAll(async () => {
  server = createServer().on('upgrade', (request) => turnAway(request, { code: 'busy', comeBackAfterMs: 1234 }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('N8: whoever is turned away at the upgrade is told when to come back, and nothing is kept of them', async () => {
  const phone = new Phone({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, board: 'b' });
  await expect(phone.connect()).rejects.toThrow('busy');
  expect(phone.bye).toEqual({ code: 'busy', comeBackAfterMs: 1234 });
  await phone.closed;
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0);
});
