/** Who listens to which board, in this process. */
import type { Publication } from './store.ts';

type Listener = (publication: Publication) => void;

export class Watchers {
  readonly #byBoard = new Map<string, Set<Listener>>();

  /** Boards that someone listens to. */
  get boards(): readonly string[] {
    return [...this.#byBoard.keys()];
  }

  has(board: string): boolean {
    return this.#byBoard.has(board);
  }

  add(board: string, listener: Listener): void {
    const listeners = this.#byBoard.get(board);
    if (listeners) listeners.add(listener);
    else this.#byBoard.set(board, new Set([listener]));
  }

  remove(board: string, listener: Listener): void {
    const listeners = this.#byBoard.get(board);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#byBoard.delete(board);
  }

  publish(board: string, publication: Publication): void {
    for (const listener of this.#byBoard.get(board) ?? []) listener(publication);
  }
}
