/** A deletion is worked off whatever comes in between: every board forgets, then the disk. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '../board/rule.ts';
import { ADMIN, key, person } from '../board/scene.ts';
import { type EmbeddedStore, openEmbeddedStore } from '../store/embedded.ts';
import { loadWhole } from '../store/store.ts';
import { DEPLOYMENT, NodeBoards } from './boards.ts';

const DAYS = { from: '2026-03-08', to: '2026-03-09' };
const NAME = 'Zenobia';
const ada = person('ada');
const ben = person('ben');
const SYSTEM: Actor = { kind: 'system' };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Longer than a deletion is kept open for stragglers, and than the disk is left alone. */
const LATER_MS = 2 * 3_600_000;

let folder = '';
let store: EmbeddedStore;
let node: NodeBoards;
let now = Date.now();
let commands = 0;

const tell = async (slug: string, actor: Actor, command: CommandInput): Promise<void> => {
  commands += 1;
  expect(await (await node.at(slug)).submit({ ...command, id: `command-${commands}` }, actor)).toMatchObject({ ok: true });
};
const restart = async (): Promise<void> => {
  await node.close();
  node = new NodeBoards({ store, log: quiet, now: () => now });
  await node.at(DEPLOYMENT);
};
const holding = (): string[] => readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(NAME));
const knowing = async (): Promise<string[]> => {
  const all = await Promise.all(
    ['week', 'camp'].map(async (slug) => [slug, JSON.stringify((await loadWhole(store, slug)).records)] as const),
  );
  return all.filter(([, records]) => records.includes(NAME) || records.includes(ada.id)).map(([slug]) => slug);
};
const open = async (): Promise<number> => (await loadWhole(store, DEPLOYMENT)).records.filter(({ type }) => type === 'deletion').length;

beforeEach(async () => {
  now = Date.now();
  folder = mkdtempSync(join(tmpdir(), 'huddle-deletions-'));
  store = await openEmbeddedStore({ folder, now: () => now });
  node = new NodeBoards({ store, log: quiet, now: () => now });
  for (const slug of ['week', 'camp']) {
    await tell(slug, ADMIN, { type: 'createBoard', slug, name: slug, zone: 'UTC', ...DAYS, organiserKey: 'k'.repeat(22) });
    await tell(DEPLOYMENT, ADMIN, { type: 'listBoard', slug, name: slug, ...DAYS });
    await tell(slug, ada, { type: 'setName', name: NAME });
    await tell(slug, ada, { type: 'becomeOrganiser', key: 'k'.repeat(22) });
    await tell(slug, ada, { type: 'announce', text: `${NAME} is at the door` });
    await tell(slug, ben, { type: 'setName', name: 'Ben' });
  }
});
afterEach(async () => {
  await node.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every board forgets a deleted person, also one that nobody has open; once that stands, no byte of the data file holds the name', async () => {
  await restart();
  await node.at('week');
  await tell(DEPLOYMENT, SYSTEM, { type: 'deletePerson', person: ada.id });
  await node.forget(ada.id);
  expect(await knowing()).not.toContain('week');
  await vi.waitUntil(async () => (await knowing()).length === 0, { timeout: 30_000 });
  expect([await open(), holding().length > 0]).toEqual([1, true]);
  now += LATER_MS;
  await vi.waitUntil(async () => (await open()) === 0, { timeout: 30_000 });
  expect(holding()).toEqual([]);
  expect(JSON.stringify((await loadWhole(store, 'week')).records)).toContain('… is at the door');
});

test('a node that stopped in the middle goes on when it starts', async () => {
  await tell(DEPLOYMENT, SYSTEM, { type: 'deletePerson', person: ada.id });
  await restart();
  await vi.waitUntil(async () => (await knowing()).length === 0, { timeout: 30_000 });
});

test('what another node still took from that person is forgotten too, before the deletion is called done', async () => {
  await tell(DEPLOYMENT, SYSTEM, { type: 'deletePerson', person: ada.id });
  await node.forget(ada.id);
  await vi.waitUntil(async () => (await knowing()).length === 0, { timeout: 30_000 });
  await tell('camp', ada, { type: 'setName', name: NAME });
  await tell('camp', ada, { type: 'linkPlan', token: key('token').padEnd(22, '0') });
  now += LATER_MS;
  await vi.waitUntil(async () => (await open()) === 0, { timeout: 30_000 });
  expect(await knowing()).toEqual([]);
});

test('a disk that cannot forget yet is asked again, and the deletion stays open until it has', async () => {
  const erase = vi.spyOn(store, 'erase').mockRejectedValueOnce(new Error('no room'));
  await tell(DEPLOYMENT, SYSTEM, { type: 'deletePerson', person: ada.id });
  now += LATER_MS;
  await node.forget(ada.id);
  await vi.waitUntil(() => erase.mock.calls.length === 1, { timeout: 30_000 });
  expect(await open()).toBe(1);
  now += LATER_MS;
  await vi.waitUntil(async () => (await open()) === 0, { timeout: 30_000 });
  expect(holding()).toEqual([]);
});
