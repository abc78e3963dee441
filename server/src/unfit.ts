/** A store that must not be used any longer ends the process, with its own sentence (R9). */
import { StoreUnfit, type Store } from './store/store.ts';

/** The same store; `end` is called when one of its answers is that it is unfit. */
export const endingWhenUnfit = (store: Store, end: (error: StoreUnfit) => void): Store => {
  const watched = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof StoreUnfit) end(error);
      throw error;
    }
  };
  return {
    load: (board, take) => watched(store.load(board, take)),
    commit: (board, head, change, receipts) => watched(store.commit(board, head, change, receipts)),
    since: (board, head) => watched(store.since(board, head)),
    receipts: (board, keys) => watched(store.receipts(board, keys)),
    heads: (boards) => watched(store.heads(boards)),
    erase: () => watched(store.erase()),
    watch: (board, listener) => store.watch(board, listener),
    onHealth: (listener) => store.onHealth(listener),
    get health() {
      return store.health;
    },
    close: () => store.close(),
  };
};
