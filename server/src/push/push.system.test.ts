/** Push, from a commit to what a browser can read: over https to a service on loopback, whose payload is decrypted here. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { MINUTE } from '@huddle/shared/time.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, type App } from '../app.ts';
import { isQuiet } from '../board/push.ts';
import type { Actor } from '../board/rule.ts';
import { ADMIN, key, person, post } from '../board/scene.ts';
import { issueDue } from '../live/due.ts';
import { openEmbeddedStore } from '../store/embedded.ts';
import type { Store } from '../store/store.ts';
import { Browser, CERTIFICATE, PushService, vapidOf } from './endpoint-fixture.ts';

const [ann, ben, host] = [person('ann'), person('ben'), person('hugo')];
const tea = key('tea');
const DAY = new Date().toISOString().slice(0, 10);
const NOW = Date.parse(`${DAY}T06:00:00Z`);
const START = NOW + 120 * MINUTE;

let folder: string;
let store: Store;
let service: PushService;
let now = NOW;
const apps: App[] = [];
const phone = new Browser();
let ids = 0;

const node = async (): Promise<App> => {
  const app = await createApp({
    ...{ store, adminToken: 'the-administrators-token', now: () => now, random: randomBytes, log: pino({ level: 'silent' }) },
    config: { origins: [], publicUrl: 'https://huddle.example.org', pushContact: undefined, sessionSecrets: undefined, trustProxy: false },
    trustedPush: { ca: CERTIFICATE },
  });
  apps.push(app);
  return app;
};

/** Sends commands and waits until whatever they push has left. */
const say = async (app: App, actor: Actor, ...commands: readonly CommandInput[]): Promise<void> => {
  for (const command of commands) {
    ids += 1;
    expect(await (await app.boards.at('week')).submit({ ...command, id: `push-test-${String(ids)}` }, actor)).toMatchObject({ ok: true });
  }
  await app.pusher.idle();
};

const subscribe = (path: string, more: object = {}): CommandInput => ({
  ...{ type: 'subscribePush', device: key(path.slice(1)), endpoint: service.url(path), ...phone.keys, language: 'en' },
  kinds: ['moved', 'cancelled', 'promoted', 'soon', 'released'],
  ...more,
});

beforeEach(async () => {
  now = NOW;
  folder = await mkdtemp(join(tmpdir(), 'huddle-push-'));
  store = await openEmbeddedStore({ folder, now: Date.now });
  service = await PushService.open();
  const app = await node();
  const board = { type: 'createBoard', slug: 'week', name: 'Week', zone: 'Asia/Hong_Kong', from: DAY, to: DAY } as const;
  await say(app, ADMIN, { ...board, organiserKey: 'k'.repeat(22) });
  for (const [actor, name] of [
    [ann, 'Ann'],
    [ben, 'Ben'],
    [host, 'Hugo'],
  ] as const)
    await say(app, actor, { type: 'setName', name });
  await say(app, host, post('tea', { capacity: 1, releaseAfter: 5, start: START, end: START + 60 * MINUTE, place: 'Bar' }));
  for (const actor of [ann, ben]) await say(app, actor, { type: 'takeSeat', gathering: tea });
});

afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
  await service.close();
  await store.close();
  await rm(folder, { recursive: true });
});

const read = (path: string): unknown[] => service.to(path).map((received) => phone.read(received));

describe('Web Push', () => {
  it('B8: tells whoever is concerned once, in a message that their browser alone can read, signed by this deployment', async () => {
    const [app] = apps as [App];
    await say(app, ann, subscribe('/ann'));
    await say(app, host, { type: 'moveGathering', gathering: tea, place: 'Rooftop' });
    const about = { board: 'week', boardName: 'Week', zone: 'Asia/Hong_Kong', language: 'en', gathering: tea, title: 'tea' };
    expect(read('/ann')).toEqual([{ ...about, kind: 'moved', notice: 'moved', place: 'Rooftop' }]);
    const [received] = service.received;
    expect(received?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high' });
    const claims = vapidOf(received?.headers['authorization'] ?? '', app.pushKey);
    expect(claims).toMatchObject({ aud: service.url(''), sub: 'https://huddle.example.org' });
  });

  it('tells nobody of what they did themselves, did not choose, or are not concerned by', async () => {
    const [app] = apps as [App];
    await say(app, ben, subscribe('/ben', { kinds: ['cancelled'] }));
    await say(app, host, subscribe('/host'));
    await say(app, host, { type: 'moveGathering', gathering: tea, place: 'Rooftop' });
    expect(service.received).toEqual([]);
    await say(app, host, { type: 'cancelGathering', gathering: tea, text: 'Rain' });
    expect(read('/ben')).toMatchObject([{ kind: 'cancelled', text: 'Rain' }]);
    expect(service.received).toHaveLength(1);
  });

  it('B8: a reminder, a release and the promotion by it are each told once, with two nodes and after a restart', async () => {
    const [one] = apps as [App];
    const two = await node();
    await say(one, ann, subscribe('/ann'));
    await say(one, ben, subscribe('/ben'));
    const everywhere = async (time: number): Promise<void> => {
      now = time;
      const boards = await Promise.all(apps.map((app) => app.boards.at('week')));
      await Promise.all(boards.map((board) => board.replica.catchUp()));
      await Promise.all(boards.map((board) => issueDue(board, time)));
      await Promise.all(apps.map((app) => app.pusher.idle()));
    };
    await everywhere(START - 15 * MINUTE);
    expect(read('/ann')).toMatchObject([{ kind: 'soon', start: START }]);
    await everywhere(START + 5 * MINUTE);
    expect(read('/ann')).toMatchObject([{ kind: 'soon' }, { kind: 'released' }]);
    expect(read('/ben')).toMatchObject([{ kind: 'promoted' }]);

    await Promise.all([one.close(), two.close()]);
    apps.splice(0);
    await node();
    await everywhere(START + 6 * MINUTE);
    expect(service.received).toHaveLength(3);
  });

  it.each([404, 410])('a subscription that its service calls dead (%i) is dropped', async (status) => {
    const [app] = apps as [App];
    service.answers.set('/ann', status);
    await say(app, ann, subscribe('/ann'));
    await say(app, host, { type: 'moveGathering', gathering: tea, place: 'Rooftop' });
    expect((await app.boards.at('week')).replica.board.pushOf(ann.id).size).toBe(0);
  });

  it('at most once: what a service refuses is not sent again, and the subscription stays', async () => {
    const [app] = apps as [App];
    service.answers.set('/ann', 503);
    await say(app, ann, subscribe('/ann'));
    await say(app, host, { type: 'moveGathering', gathering: tea, place: 'Rooftop' });
    expect(service.received).toHaveLength(1);
    expect((await app.boards.at('week')).replica.board.pushOf(ann.id).size).toBe(1);
  });

  it('is quiet in the quiet hours, in venue time', async () => {
    const [app] = apps as [App];
    // 06:00 UTC is 14:00 in Hong Kong.
    await say(app, ann, subscribe('/ann', { quiet: { from: 13 * 60, to: 15 * 60 } }));
    await say(app, host, { type: 'moveGathering', gathering: tea, place: 'Rooftop' });
    expect(service.received).toEqual([]);
    expect(isQuiet({ from: 23 * 60, to: 7 * 60 }, Date.parse('2026-03-10T16:30:00Z'), 'Asia/Hong_Kong')).toBe(true);
    expect(isQuiet({ from: 23 * 60, to: 7 * 60 }, Date.parse('2026-03-10T04:00:00Z'), 'Asia/Hong_Kong')).toBe(false);
  });

  it('a phone that changes hands tells whoever has it now', async () => {
    const [app] = apps as [App];
    await say(app, ann, subscribe('/phone'));
    await say(app, ben, subscribe('/phone'));
    const { board } = (await app.boards.at('week')).replica;
    expect([board.pushOf(ann.id).size, board.pushOf(ben.id).size]).toEqual([0, 1]);
  });

  it('its keys are made once and are the same on every node', async () => {
    const [one] = apps as [App];
    expect((await node()).pushKey).toBe(one.pushKey);
    expect(Buffer.from(one.pushKey, 'base64url')).toHaveLength(65);
  });
});
