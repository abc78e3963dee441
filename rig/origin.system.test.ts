/** X1: pages of other origins neither connect nor write. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Deployment, type TestBoard } from './deployment.ts';
import { guest, withId, type Session } from './http.ts';

let deployment: Deployment;
let board: TestBoard;
let session: Session;
let port: number;

beforeAll(async () => {
  deployment = await Deployment.embedded();
  board = await deployment.board();
  session = await guest(deployment.url());
  port = deployment.nodes[0]!.port;
});
afterAll(() => deployment.stop());

type Headers = Readonly<Record<string, string>>;

/** The status of a request as a foreign page would have the browser send it: with our cookie. */
const statusOf = (path: string, method: string, headers: Headers, body = ''): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { cookie: session.cookie, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.once('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end(body);
  });

/** Whether a socket comes to stand. */
const connects = async (headers: Headers): Promise<boolean> => {
  const status = await statusOf('/socket.io/?EIO=4&transport=websocket', 'GET', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  });
  return status === 101;
};

const write = (headers: Headers): Promise<number> =>
  statusOf(
    `/api/boards/${board.slug}/commands`,
    'POST',
    { 'content-type': 'application/json', ...headers },
    JSON.stringify(withId({ type: 'setName', name: 'Mallory' })),
  );

/** What a hostile page, or a program that pretends, may send as its origin. */
const hostile = (own: string): readonly (readonly [string, Headers])[] => {
  const at = String(port);
  const origins: Readonly<Record<string, string>> = {
    'the word null': 'null',
    empty: '',
    'ours as a prefix': `http://127.0.0.1:${at}.evil.example`,
    'ours as a suffix': `http://evil-127.0.0.1:${at}`,
    'ours as a path': `http://evil.example/http://127.0.0.1:${at}`,
    'ours as a user name': `http://127.0.0.1:${at}@evil.example`,
    'ours with a user name': `http://evil@127.0.0.1:${at}`,
    'another port': `http://127.0.0.1:${port === 1 ? 2 : port - 1}`,
    'no port': 'http://127.0.0.1',
    'a longer port': `http://127.0.0.1:${at}0`,
    'an upper-case scheme': `HTTP://127.0.0.1:${at}`,
    'another name of the same machine': `http://localhost:${at}`,
    'the same address as a number': `http://2130706433:${at}`,
    'the same address in version 6': `http://[::ffff:127.0.0.1]:${at}`,
    'a dot at the end': `http://127.0.0.1.:${at}`,
    'a slash at the end': `${own}/`,
    'a path': `${own}/b/${board.slug}`,
    'two at once': `${own} http://evil.example`,
    'two with a comma': `${own}, http://evil.example`,
    'another scheme': `ws://127.0.0.1:${at}`,
    'a file': 'file://',
    'an extension': 'chrome-extension://abcdefghijklmnop',
  };
  return [
    ...Object.entries(origins).map(([what, origin]) => [what, { origin }] as const),
    ['one that a forwarding header vouches for', { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' }],
    ['none, and no token', {}],
    ['none, and a wrong token', { authorization: 'Bearer 0000000000000000' }],
  ];
};

describe('X1: pages of other origins', () => {
  test('are let in nowhere, in any form', async () => {
    const own = `http://127.0.0.1:${port}`;
    for (const [what, headers] of hostile(own)) {
      expect(await connects(headers), `handshake, origin: ${what}`).toBe(false);
      expect(await write(headers), `command, origin: ${what}`).toBe(403);
      expect(await statusOf('/api/session', 'POST', headers), `session, origin: ${what}`).toBe(403);
    }
  });

  test('our own page and a bearer of the token are let in', async () => {
    const own = { origin: `http://127.0.0.1:${port}` };
    expect(await connects(own)).toBe(true);
    expect(await write(own)).toBe(200);
    expect(await connects({ authorization: `Bearer ${deployment.adminToken}` })).toBe(true);
  });
});
