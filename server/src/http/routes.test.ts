import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bucket } from '../live/limit.ts';
import { Doors, serve, type Answer } from './door-fixture.ts';
import { sessionRoutes } from './sessions.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open();
});
afterAll(() => doors.close());
beforeEach(() => doors.fresh());

describe('a session', () => {
  test('is made once: whoever has one keeps it', async () => {
    const first = await doors.write('/api/session', '');
    expect(first.status).toBe(201);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.headers.getSetCookie()[0]).not.toContain('Secure');
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
    const second = await doors.write('/api/session', '', { cookie });
    expect(second.status).toBe(200);
    expect(second.headers.getSetCookie()).toEqual([]);
    expect(second.json).toEqual(first.json);
  });

  test('is for https alone where the page came by https', async () => {
    const made = await doors.write('/api/session', '', { origin: doors.url.replace('http', 'https'), 'x-forwarded-proto': 'https' });
    expect(made.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });

  test('X6: is limited as a whole; whoever has one goes on, the surplus is told when to come back', async () => {
    const app = await serve(express().use(sessionRoutes(doors.parts, new Bucket(2, 3, doors.time))));
    const post = (headers: Record<string, string> = {}): Promise<Response> => fetch(app.url, { method: 'POST', headers });
    const made = [await post(), await post(), await post(), await post()];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
    expect(made[3]!.headers.get('retry-after')).toBe('1');
    expect((await post({ cookie: made[0]!.headers.getSetCookie()[0]!.split(';')[0]! })).status).toBe(200);
    doors.time += 500;
    expect((await post()).status).toBe(201);
    await app.close();
  });
});

describe('X1: writing', () => {
  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('from a page of %s is refused, whatever it shows', async (origin) => {
    const { cookie } = await doors.guest();
    for (const headers of [{ cookie }, doors.admin]) {
      const refused = await doors.write(
        '/api/boards/harbour/commands',
        { id: 'command1', type: 'setName', name: 'Mei' },
        { ...headers, origin },
      );
      expect(refused.status).toBe(403);
      expect(refused.json).toMatchObject({ ok: false, code: 'forbidden' });
    }
    expect((await doors.write('/api/session', '', { origin })).status).toBe(403);
    expect(doors.asked).toEqual([]);
  });

  test('without an Origin needs the right token', async () => {
    const { cookie } = await doors.guest();
    const send = (headers: Record<string, string>): Promise<Answer> =>
      doors.ask('/api/boards/harbour/commands', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', ...headers },
      });
    expect((await send({ cookie })).status).toBe(403);
    expect((await send({ cookie, authorization: 'Bearer wrong' })).status).toBe(403);
    expect((await send(doors.admin)).status).toBe(200);
  });
});

describe('X7: every answer', () => {
  test.each(['/b/harbour', '/api/boards/harbour', '/elsewhere', '/assets/index-1234.js'])(
    'of %s carries the security headers',
    async (path) => {
      const { headers } = await doors.ask(path);
      const csp = headers.get('content-security-policy')!;
      expect(csp).toContain("default-src 'self'");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).not.toMatch(/unsafe-(inline|eval)/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  test('P10: no page asks for a process of its own, which a phone would begin only when the answer is there', async () => {
    const { headers } = await doors.ask('/b/harbour');
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  test('C6: works on plain http, and asks for https only where it came by https', async () => {
    const plain = await doors.ask('/b/harbour');
    expect(plain.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    const secure = await doors.ask('/b/harbour', { headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  test('files with hashed names are for ever, all others are asked for again', async () => {
    expect((await doors.ask('/assets/index-1234.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await doors.ask('/icon-192.png')).headers.get('cache-control')).toBe('no-cache');
    expect((await doors.ask('/index.html')).status).toBe(404);
    expect((await doors.ask('/assets/..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });

  test('a new build under a running node does not break what it serves', async () => {
    for (const name of ['assets', 'index.html']) await rm(join(doors.client, name), { recursive: true });
    expect((await doors.ask('/assets/index-1234.js')).status).toBe(200);
    expect((await doors.ask('/b/harbour')).status).toBe(200);
  });
});

describe('operators', () => {
  test('see that it lives, that it is ready, and what it counts', async () => {
    doors.meter.command('setName', 'ok');
    doors.meter.command('takeSeat', 'tooMany');
    doors.meter.conflicts += 3;
    await doors.ask('/api/boards/harbour');
    expect((await doors.ask('/healthz')).json).toEqual({ ok: true, durability: 'full' });
    expect(await doors.ask('/readyz')).toMatchObject({ status: 200, json: { ready: true } });
    const { text } = await doors.ask('/metrics');
    expect(text).toContain('huddle_commands_total{type="setName",outcome="ok"} 1');
    expect(text).toContain('huddle_commands_total{type="takeSeat",outcome="tooMany"} 1');
    expect(text).toContain('huddle_conflicts_total 3');
    expect((await doors.ask('/metrics')).text).toContain('huddle_conflicts_total 3');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('route="/:board"');
    expect(text).not.toContain('harbour');
  });
});

test('the description of the API names every command with its schema', async () => {
  const { json: body } = await doors.ask('/api/openapi.json');
  const schemas = (body['components'] as { schemas: Record<string, { properties?: Record<string, unknown>; required?: string[] }> })
    .schemas;
  expect(schemas['takeSeat']).toMatchObject({
    properties: { id: {}, type: { const: 'takeSeat' }, gathering: {} },
    required: ['id', 'type', 'gathering'],
  });
});

test('a plan is read by its token, as a calendar that nobody else keeps; a void one is not there', async () => {
  const plan = await doors.ask(`/b/harbour/plan/${'p'.repeat(22)}.ics`);
  expect(plan).toMatchObject({ status: 200 });
  expect(plan.headers.get('cache-control')).toBe('private, no-cache');
  expect(plan.text).toContain('SUMMARY:Tea\\, cake\r\n');
  expect(plan.text).toContain('STATUS:CANCELLED\r\nSEQUENCE:7\r\n');
  expect(await doors.ask(`/b/harbour/plan/${'q'.repeat(22)}.ics`)).toMatchObject({ status: 404, json: { code: 'notFound' } });
});

test('the key of push is there for the asking', async () => {
  expect((await doors.ask('/api/push')).json).toEqual({ key: 'the-key-of-push' });
});
