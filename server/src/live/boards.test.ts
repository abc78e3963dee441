/** The deployment's list: what it says without loading a board, and how it keeps up. */
import type { ListingRecord } from '@huddle/shared/deployment.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '../board/rule.ts';
import { ADMIN } from '../board/scene.ts';
import { type EmbeddedStore, openEmbeddedStore } from '../store/embedded.ts';
import { DEPLOYMENT, NodeBoards } from './boards.ts';

const DAYS = { from: '2026-03-08', to: '2026-03-09' };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder = '';
let store: EmbeddedStore;
let node: NodeBoards;

const nodeOf = (on: EmbeddedStore): NodeBoards => new NodeBoards({ store: on, log: quiet, now: Date.now });

const tell = async (slug: string, command: CommandInput, id: string, actor: Actor = ADMIN): Promise<void> => {
  expect(await (await node.at(slug)).submit({ ...command, id }, actor)).toMatchObject({ ok: true });
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huddle-boards-'));
  store = await openEmbeddedStore({ folder, now: Date.now });
  node = nodeOf(store);
  for (const [slug, name] of [
    ['week', 'Week'],
    ['camp', 'Camp'],
  ] as const) {
    await tell(slug, { type: 'createBoard', slug, name, zone: 'UTC', ...DAYS, organiserKey: 'k'.repeat(22) }, `create-${slug}`);
    await tell(DEPLOYMENT, { type: 'listBoard', slug, name, ...DAYS }, `list-it-${slug}`);
  }
});

afterEach(async () => {
  await node.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('N9: the list of boards loads none of them', async () => {
  await node.close();
  const load = vi.spyOn(store, 'load');
  node = nodeOf(store);
  expect(await node.list()).toEqual([
    { slug: 'camp', name: 'Camp', ...DAYS },
    { slug: 'week', name: 'Week', ...DAYS },
  ]);
  expect(load.mock.calls.map(([board]) => board)).toEqual([DEPLOYMENT]);
});

test('B8: a board that changes its name is told to the list by the node that serves it', async () => {
  await tell('week', { type: 'editBoard', name: 'Harbour Week' }, 'rename-it');
  await vi.waitUntil(async () => (await node.list()).some(({ name }) => name === 'Harbour Week'), { timeout: 30_000 });
  expect((await node.list()).map(({ slug }) => slug)).toEqual(['camp', 'week']);
});

test('B9: a listing of before there were names in them is asked of its board', async () => {
  const deployment = await node.at(DEPLOYMENT);
  const old: ListingRecord = { id: 'listing/week', type: 'listing', rev: 1, slug: 'week', at: 0 };
  deployment.replica.board.put('listing/week', old);
  expect(await node.list()).toContainEqual({ slug: 'week', name: 'Week', ...DAYS });
});
