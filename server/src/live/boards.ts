/** The boards of this node: loaded on first use, let go of after ten idle minutes (N9), their heads compared every 2 s (S3). */
import { hash } from 'node:crypto';
import type { BoardRecord } from '@huddle/shared/board.ts';
import type { Listed, ListingRecord } from '@huddle/shared/deployment.ts';
import { slugSchema } from '@huddle/shared/ids.ts';
import * as v from 'valibot';
import { saysTheSame } from '../board/deployment.ts';
import type { Store, StoreHealth } from '../store/store.ts';
import { sameHead } from '../store/store.ts';
import type { Boards } from './api.ts';
import { Deletions } from './deletions.ts';
import type { Log } from './log.ts';
import { issueDue } from './due.ts';
import { Meter } from './meter.ts';
import { NodeBoard } from './served-board.ts';
import { DAY, HOUR } from '@huddle/shared/time.ts';
import type { Step } from '../board/views.ts';

/** The deployment's own board. */
export const DEPLOYMENT = '_';

const IDLE_MS = 10 * 60_000;
const COMPARE_MS = 2000;
/** A board on which something will be due by then is not let go of, and how often the boards of these days are looked through for such. */
const DUE_AHEAD_MS = 2 * HOUR;
const LOOK_MS = HOUR;

const listedAs = ({ slug, name, from, to }: BoardRecord): Listed => ({ slug, name, from, to });

type Committed = (board: NodeBoard, steps: readonly Step[]) => void;

export interface BoardParts {
  readonly store: Store;
  readonly log: Log;
  readonly meter: Meter;
  /** Epoch ms. */
  now(): number;
  /** Hears what this node's own writers committed; what others did is theirs to send on (B8). */
  readonly committed: Committed;
}

interface Entry {
  readonly board: Promise<NodeBoard>;
  loaded: NodeBoard | undefined;
  usedAt: number;
}

export class NodeBoards implements Boards {
  readonly meter = new Meter();
  readonly #parts: BoardParts;
  readonly #entries = new Map<string, Entry>();
  readonly #timer: NodeJS.Timeout;
  readonly #committedListeners = new Set<Committed>();
  readonly #healthListeners = new Set<(health: StoreHealth) => void>();
  readonly #deletions: Deletions;
  #comparing = false;
  #lookedAt: number | undefined;

  constructor(parts: { readonly store: Store; readonly log: Log; now(): number }) {
    this.#parts = {
      ...{ store: parts.store, log: parts.log, meter: this.meter, now: () => parts.now() },
      committed: (board, steps) => {
        for (const listener of this.#committedListeners) listener(board, steps);
      },
    };
    this.#deletions = new Deletions({
      ...{ store: parts.store, log: parts.log, now: () => parts.now() },
      deployment: () => this.#entries.get(DEPLOYMENT)?.loaded,
      loaded: () => [...this.#entries.values()].flatMap(({ loaded }) => loaded ?? []),
      each: (visit) => this.#each(visit),
    });
    this.#timer = setInterval(() => void this.#compare(), COMPARE_MS);
    parts.store.onHealth((health) => {
      for (const listener of this.#healthListeners) listener(health);
    });
  }

  get health(): StoreHealth {
    return this.#parts.store.health;
  }

  onHealth(listener: (health: StoreHealth) => void): void {
    this.#healthListeners.add(listener);
  }

  /** Calls `listener` with what this node's own writers have committed; what others did is theirs to send on (B8). */
  onCommitted(listener: Committed): void {
    this.#committedListeners.add(listener);
  }

  async at(slug: string): Promise<NodeBoard> {
    const known = this.#entries.get(slug);
    if (known !== undefined) {
      known.usedAt = performance.now();
      return known.board;
    }
    const board = new NodeBoard(slug, this.#parts);
    const loading = board.replica.start().then(() => board);
    const entry: Entry = { board: loading, loaded: undefined, usedAt: performance.now() };
    this.#entries.set(slug, entry);
    try {
      entry.loaded = await loading;
    } catch (error) {
      this.#entries.delete(slug);
      await board.stop().catch(() => undefined);
      throw error;
    }
    return board;
  }

  async find(slug: string): Promise<NodeBoard | undefined> {
    if (!v.is(slugSchema, slug)) return undefined;
    const isNew = !this.#entries.has(slug);
    const board = await this.at(slug);
    if (board.exists) return board;
    // Strangers asking for boards that are not there must not fill the memory.
    if (isNew && board.isIdle) await this.#letGo(slug, board);
    return undefined;
  }

  async list(): Promise<readonly Listed[]> {
    const deployment = await this.at(DEPLOYMENT);
    const listed = await Promise.all(deployment.replica.board.all('listing').map((listing) => this.#listed(listing)));
    return listed.flatMap((board) => board ?? []).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** What the list says of a board; one that was listed before there were names in listings is asked itself. */
  async #listed({ slug, name, from, to }: ListingRecord): Promise<Listed | undefined> {
    if (name !== undefined && from !== undefined && to !== undefined) return { slug, name, from, to };
    const self = (await this.find(slug))?.stored.self;
    return self && listedAs(self);
  }

  /** Where a listed board has changed its name or days, the list is told, by whichever node comes first (B8). */
  async #tellList(board: NodeBoard): Promise<void> {
    const { self } = board.stored;
    const deployment = this.#entries.get(DEPLOYMENT)?.loaded;
    const listing = self && deployment?.replica.board.get('listing', self.slug);
    if (self === undefined || deployment === undefined || listing === undefined || saysTheSame(listing, self)) return;
    const id = hash('sha256', `${self.slug} ${self.rev}`, 'base64url').slice(0, 32);
    await deployment.submit({ type: 'listBoard', ...listedAs(self), id }, { kind: 'system' });
  }

  async forget(person: string): Promise<void> {
    await this.#deletions.hurry(person);
    this.#deletions.beat();
  }

  /** Every listed board, loaded for the visit where it was not; the memory holds one such at a time. */
  async #each(visit: (board: NodeBoard) => Promise<void>): Promise<void> {
    const deployment = await this.at(DEPLOYMENT);
    for (const { slug } of deployment.replica.board.all('listing')) {
      const isNew = !this.#entries.has(slug);
      const board = await this.find(slug);
      if (board === undefined) continue;
      await visit(board);
      const isAwaited = board.replica.board.agenda.isBusyBefore(this.#parts.now() + DUE_AHEAD_MS);
      if (isNew && board.isIdle && !board.feed.isWatched && !isAwaited) await this.#letGo(slug, board);
    }
  }

  /** Whether the store answers and this node holds the deployment's board. */
  async ready(): Promise<boolean> {
    try {
      await this.at(DEPLOYMENT);
      return this.health.reachable;
    } catch {
      return false;
    }
  }

  /** Finishes what is under way (N7). */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#deletions.stop();
    const boards = await Promise.allSettled([...this.#entries.values()].map(({ board }) => board));
    await Promise.all(boards.flatMap((result) => (result.status === 'fulfilled' ? [result.value.stop()] : [])));
    this.#entries.clear();
  }

  /** Catches up whichever board's head differs from the store's, does what is due, and lets go of the idle. */
  async #compare(): Promise<void> {
    if (this.#comparing) return;
    this.#comparing = true;
    try {
      const loaded = [...this.#entries.entries()].flatMap(([slug, { loaded: board }]) => (board === undefined ? [] : [{ slug, board }]));
      const before = loaded.map(({ board }) => board.replica.head);
      const heads = await this.#parts.store.heads(loaded.map(({ slug }) => slug));
      for (const [index, { board }] of loaded.entries()) {
        const theirs = heads[index];
        const mine = before[index];
        // Only what stood still meanwhile: a head that moved is being followed already.
        if (theirs === undefined || mine === undefined || sameHead(theirs, mine) || !sameHead(mine, board.replica.head)) continue;
        await board.replica.catchUp();
      }
      for (const { board } of loaded) {
        await issueDue(board, this.#parts.now());
        await this.#tellList(board);
      }
      this.#deletions.beat();
      await this.#lookAhead();
      await this.#unloadIdle();
    } catch (error) {
      this.#parts.log.warn({ error }, 'the store did not tell its heads');
    } finally {
      this.#comparing = false;
    }
  }

  /** Loads the boards that run these days, so that what is due on one happens though nobody has it open; the idle are let go of again. */
  async #lookAhead(): Promise<void> {
    const now = this.#parts.now();
    const deployment = this.#entries.get(DEPLOYMENT)?.loaded;
    if (deployment === undefined || (this.#lookedAt !== undefined && now - this.#lookedAt < LOOK_MS)) return;
    this.#lookedAt = now;
    const [from, to] = [now - 2 * DAY, now + 2 * DAY].map((time) => new Date(time).toISOString().slice(0, 10)) as [string, string];
    const running = deployment.replica.board.all('listing').filter((board) => (board.to ?? to) >= from && (board.from ?? from) <= to);
    for (const { slug } of running) await this.find(slug);
  }

  async #unloadIdle(): Promise<void> {
    const now = performance.now();
    for (const [slug, entry] of this.#entries) {
      const { loaded } = entry;
      if (loaded === undefined || slug === DEPLOYMENT || !loaded.isIdle) continue;
      const isAwaited = loaded.replica.board.agenda.isBusyBefore(this.#parts.now() + DUE_AHEAD_MS);
      if (loaded.feed.isWatched || isAwaited) entry.usedAt = now;
      else if (now - entry.usedAt > IDLE_MS) await this.#letGo(slug, loaded);
    }
  }

  async #letGo(slug: string, board: NodeBoard): Promise<void> {
    this.#entries.delete(slug);
    await board.stop();
  }
}

/** The boards of a node on that store. */
export const createBoards = (parts: { readonly store: Store; readonly log: Log; now(): number }): NodeBoards => new NodeBoards(parts);
