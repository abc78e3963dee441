/** A stage for tests of the live half: a real embedded store that can be made to misbehave, and nodes on it. Not used by the product. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audience, Bye, Change, CommandInput, View } from '@huddle/shared/protocol.ts';
import { merge } from '@huddle/shared/merge.ts';
import type { Actor } from '../board/rule.ts';
import { ADMIN } from '../board/scene.ts';
import { type EmbeddedStore, openEmbeddedStore } from '../store/embedded.ts';
import type { Head, Publication, Store } from '../store/store.ts';
import { NodeBoards } from './boards.ts';
import { type Member, cursorOf } from './feed.ts';
import type { Frame } from './frame.ts';
import type { Log } from './log.ts';
import type { NodeBoard } from './served-board.ts';

export const SLUG = 'week';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Ways in which a store misbehaves, one call at a time: each hook is asked before the real call. */
export interface Mischief {
  /** Runs before (and, by awaiting `real`, around) a commit. */
  commit?: (real: () => ReturnType<Store['commit']>) => ReturnType<Store['commit']>;
  /** Decides what a listener hears of a publication. */
  publish?: (publication: Publication, hear: (publication: Publication) => void) => void;
}

const mischievous = (store: Store, mischief: Mischief): Store => ({
  load: (...given) => store.load(...given),
  commit: (...given) => {
    const real = () => store.commit(...given);
    return mischief.commit === undefined || given[0] !== SLUG ? real() : mischief.commit(real);
  },
  since: (...given) => store.since(...given),
  receipts: (...given) => store.receipts(...given),
  heads: (boards) => store.heads(boards),
  erase: () => store.erase(),
  watch: (board, listener) =>
    store.watch(board, (publication) => {
      if (mischief.publish === undefined) listener(publication);
      else mischief.publish(publication, listener);
    }),
  onHealth: (listener) => {
    store.onHealth(listener);
  },
  get health() {
    return store.health;
  },
  close: () => store.close(),
});

export class Rehearsal {
  readonly store: EmbeddedStore;
  /** The nodes' clock, epoch ms. */
  now = Date.now;
  readonly #folder: string;
  readonly #nodes: NodeBoards[] = [];
  #ids = 0;

  private constructor(store: EmbeddedStore, folder: string) {
    this.store = store;
    this.#folder = folder;
  }

  /** A store with one board on it. */
  static async open(): Promise<Rehearsal> {
    const folder = mkdtempSync(join(tmpdir(), 'huddle-live-'));
    const rehearsal = new Rehearsal(await openEmbeddedStore({ folder, now: Date.now }), folder);
    const node = await rehearsal.node();
    const day = new Date().toISOString().slice(0, 10);
    await rehearsal.tell(node, ADMIN, {
      type: 'createBoard',
      slug: SLUG,
      name: 'Week',
      zone: 'UTC',
      from: day,
      to: day,
      organiserKey: 'k'.repeat(22),
    });
    return rehearsal;
  }

  /** The board as one more node serves it. */
  async node(mischief: Mischief = {}, log: Log = quiet): Promise<NodeBoard> {
    const boards = new NodeBoards({ store: mischievous(this.store, mischief), log, now: () => this.now() });
    this.#nodes.push(boards);
    return boards.at(SLUG);
  }

  /** Sends a command with an id of its own, or the one given. */
  tell(node: NodeBoard, actor: Actor, command: CommandInput, id?: string): ReturnType<NodeBoard['submit']> {
    this.#ids += 1;
    return node.submit({ ...command, id: id ?? `rehearsal-${String(this.#ids)}` }, actor);
  }

  async close(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.close()));
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A phone as the feed sees it, which keeps what it is sent. */
export class Listener implements Member {
  seen: Head = { rev: -1, token: '' };
  lagging = false;
  readonly changes: Change[] = [];
  readonly byes: Bye['code'][] = [];
  readonly actor: Actor | undefined;
  #views = new Map<Audience, Map<string, View>>();
  #wake: (() => void) | undefined;
  readonly #node: NodeBoard | undefined;

  /** @param node where it catches up */
  constructor(actor?: Actor, node?: NodeBoard) {
    this.actor = actor;
    this.#node = node;
  }

  send(frame: Frame): boolean {
    const change = frame.payload as Change;
    this.take(change);
    this.#wake?.();
    return true;
  }

  bye({ code }: Bye): void {
    this.byes.push(code);
    this.#wake?.();
  }

  catchUp(): void {
    const answer = this.#node?.resume(cursorOf(this.seen));
    if (this.#node === undefined || answer === undefined || 'startOver' in answer) return;
    this.seen = this.#node.replica.head;
    this.take(answer.change);
    this.#wake?.();
  }

  take(change: Change): void {
    this.changes.push(change);
    this.#views.set(change.audience, merge(this.#views.get(change.audience) ?? new Map<string, View>(), change));
  }

  view(audience: Audience, id: string): View | undefined {
    return this.#views.get(audience)?.get(id);
  }

  /** Waits until that holds of what it was sent. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Lets a listener into a node's audiences, as `resume` and `open` do. */
export const joined = (node: NodeBoard, audiences: readonly Audience[], actor?: Actor): Listener => {
  const listener = new Listener(actor, node);
  for (const audience of audiences) {
    const opened = node.open(audience, actor);
    if (opened.ok) listener.take({ audience, put: opened.views, whole: true });
    node.feed.join(audience, listener);
  }
  listener.seen = node.replica.head;
  return listener;
};
