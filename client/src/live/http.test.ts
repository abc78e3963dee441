import { afterEach, describe, expect, it, vi } from 'vitest';
import { boardHttp } from './http.ts';

const answering = (body: string, init: ResponseInit): void => void vi.stubGlobal('fetch', async () => new Response(body, init));
const html = (status: number): void => answering('<h1>Welcome to Hall Wi-Fi</h1>', { status, headers: { 'content-type': 'text/html' } });
const json = (status: number, body: unknown): void =>
  answering(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });

describe('C7: a network that wants a log-in first answers with a page of its own', () => {
  afterEach(() => void vi.unstubAllGlobals());
  const http = boardHttp('b');

  it('which is no answer to a command, no session, and nobody’s views', async () => {
    html(200);
    expect(await http.command({ id: 'c', type: 'markRead', to: 1 })).toBeUndefined();
    expect(await http.session()).toBe(false);
    expect(await http.me()).toBeUndefined();
    expect(await http.snapshot()).toEqual({ kind: 'away' });
  });

  it('whose "not found" does not mean that there is no such board; the server’s own does', async () => {
    html(404);
    expect(await http.snapshot()).toEqual({ kind: 'away' });
    json(404, { ok: false, code: 'notFound' });
    expect(await http.snapshot()).toEqual({ kind: 'noBoard' });
  });

  it('while a refusal of the server is its answer, whatever its status', async () => {
    json(409, { ok: false, code: 'over' });
    expect(await http.command({ id: 'c', type: 'markRead', to: 1 })).toEqual({ ok: false, code: 'over' });
    json(401, { ok: false, code: 'signedOut' });
    expect(await http.me()).toBe('signedOut');
    json(401, { ok: false, code: 'sessionNeeded' });
    expect(await http.me()).toBe('nobody');
    json(201, { person: 'p' });
    expect(await http.session()).toBe(true);
  });
});
