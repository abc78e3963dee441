import { expect, test } from 'vitest';
import { StoreAway, StoreUnfit, type Store } from './store/store.ts';
import { endingWhenUnfit } from './unfit.ts';

/** A store whose every answer is that error. */
const failing = (error: Error): Store => {
  const fail = (): Promise<never> => Promise.reject(error);
  return {
    ...{ load: fail, commit: fail, since: fail, receipts: fail, heads: fail, erase: fail, watch: fail, close: fail },
    onHealth: () => undefined,
    health: { reachable: false, durability: 'full' },
  };
};
const head = { rev: 0, token: '0' };
const verbs: readonly (readonly [string, (store: Store) => Promise<unknown>])[] = [
  ['load', (store) => store.load('board', () => undefined)],
  ['commit', (store) => store.commit('board', head, { put: [], gone: [] }, [])],
  ['since', (store) => store.since('board', head)],
  ['receipts', (store) => store.receipts('board', [])],
  ['heads', (store) => store.heads([])],
  ['erase', (store) => store.erase()],
];

test.each(verbs)('R9: %s of an unfit store ends the process; of one that is away does not', async (_, call) => {
  const ended: Error[] = [];
  const unfit = new StoreUnfit('damaged');
  await expect(call(endingWhenUnfit(failing(unfit), (error) => ended.push(error)))).rejects.toBe(unfit);
  await expect(call(endingWhenUnfit(failing(new StoreAway('away')), (error) => ended.push(error)))).rejects.toBeInstanceOf(StoreAway);
  expect(ended).toEqual([unfit]);
});
