/**
 * A node's copy of one board: follows the store by publication, and by asking when one is missing (S2, S3). Level-triggered: whatever was
 * missed, `since` or `load` makes it right again.
 */
import { Board } from '../board/board.ts';
import { type Step, publicViews } from '../board/views.ts';
import { EMPTY_HEAD, type Head, type Publication, type Store, type TailEntry, sameHead } from '../store/store.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';

/** How many commits the ring remembers for phones that resume (N6). */
const RING_LENGTH = 2000;

/**
 * One commit as phones need it. Which public views it touched is looked up when the first phone has missed it: whatever came to show in
 * other views meanwhile was changed by a later commit, which that phone has missed, too.
 */
interface RingEntry {
  readonly head: Head;
  readonly views: readonly string[];
}

/** What a phone with that head has missed: public views to send whole; undefined when only a snapshot helps (N6). */
export type Missed = { readonly views: ReadonlySet<string> } | undefined;

export interface ReplicaListener {
  /** Steps have been applied. */
  changed(steps: readonly Step[]): void;
  /** Everything may be different: history was lost, or too much was missed (S2). */
  replaced(): void;
}

export class Replica {
  readonly slug: string;
  board = new Board();
  head: Head = EMPTY_HEAD;
  #ring: RingEntry[] = [];
  /** The head before the first entry of the ring: from it on a resume is possible. */
  #ringBase: Head = EMPTY_HEAD;
  #listener: ReplicaListener | undefined;
  #catchingUp: Promise<void> | undefined;
  #unwatch: (() => Promise<void>) | undefined;
  /** Until then publications are not for us: the load that is under way is newer. */
  #loaded = false;
  readonly #store: Store;
  readonly #meter: Meter;
  readonly #log: Log;

  constructor(slug: string, parts: { readonly store: Store; readonly meter: Meter; readonly log: Log }) {
    this.slug = slug;
    this.#store = parts.store;
    this.#meter = parts.meter;
    this.#log = parts.log;
  }

  listen(listener: ReplicaListener): void {
    this.#listener = listener;
  }

  /** Watches first and loads then, so that nothing falls between. @throws StoreAway */
  async start(): Promise<void> {
    this.#unwatch = await this.#store.watch(this.slug, (publication) => {
      this.#hear(publication);
    });
    await this.#load();
    this.#loaded = true;
    await this.catchUp();
  }

  async stop(): Promise<void> {
    await this.#unwatch?.();
  }

  /** Follows the board as the store has it now. One at a time; callers during one share it. @throws StoreAway */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#askSince().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  /** Takes a publication in if it follows the head; false when something is missing in between (S3). Old ones are dropped. */
  apply(publication: Publication): boolean {
    if (publication.head.rev <= this.head.rev) return publication.head.rev < this.head.rev || sameHead(publication.head, this.head);
    if (!sameHead(publication.follows, this.head)) return false;
    this.#step(publication, [{ head: publication.head, ids: idsOf(publication) }]);
    return true;
  }

  /** What a phone that has seen `cursor` has missed. */
  missedSince(cursor: Head): Missed {
    if (sameHead(cursor, this.head)) return { views: new Set() };
    const from = sameHead(cursor, this.#ringBase) ? 0 : this.#ring.findLastIndex((entry) => sameHead(entry.head, cursor)) + 1;
    if (from === 0 && !sameHead(cursor, this.#ringBase)) return undefined;
    return { views: new Set(this.#ring.slice(from).flatMap((entry) => entry.views)) };
  }

  #hear(publication: Publication): void {
    if (this.#loaded && !this.apply(publication)) {
      this.catchUp().catch((error: unknown) => {
        this.#log.warn({ board: this.slug, error }, 'could not catch up; the next comparison of heads will');
      });
    }
  }

  async #askSince(): Promise<void> {
    const asked = this.head;
    const answer = await this.#store.since(this.slug, asked);
    if (answer.kind === 'change') {
      // A publication may have been applied meanwhile: then this answer begins too early, and is asked for again if it also reaches further.
      if (!sameHead(asked, this.head)) return answer.change.head.rev > this.head.rev ? this.#askSince() : undefined;
      if (!sameHead(answer.change.head, asked)) this.#step(answer.change, answer.tail);
      return undefined;
    }
    if (answer.kind === 'fork') {
      this.#meter.forks += 1;
      this.#log.error({ board: this.slug, head: asked }, 'the store lost commits that this node had seen; starting over from the store');
    }
    await this.#load();
    this.#listener?.replaced();
    return undefined;
  }

  async #load(): Promise<void> {
    const board = new Board();
    const { head, tail } = await this.#store.load(this.slug, ({ put, gone }) => {
      for (const id of gone) board.put(id, undefined);
      for (const record of put) board.put(record.id, record);
    });
    board.rev = head.rev;
    this.board = board;
    this.head = head;
    // The head before the oldest commit of the tail is not known to the store, so resumes begin after it.
    const [oldest, ...rest] = tail;
    this.#ringBase = oldest?.head ?? head;
    this.#ring = rest.map((entry) => this.#ringEntry(entry));
  }

  #step(publication: Publication, tail: readonly TailEntry[]): void {
    // Public views of what goes away are asked before it does: a withdrawn announcement no longer says what it was.
    const before = this.#ringViews(publication.gone);
    const steps: Step[] = [];
    for (const id of publication.gone) steps.push({ id, before: this.board.put(id, undefined), after: undefined });
    for (const record of publication.put) steps.push({ id: record.id, before: this.board.put(record.id, record), after: record });
    this.board.rev = publication.head.rev;
    this.head = publication.head;
    this.#ring.push(...tail.map((entry, index) => this.#ringEntry(entry, index === tail.length - 1 ? before : [])));
    const surplus = this.#ring.length - RING_LENGTH;
    if (surplus > 0) this.#ringBase = this.#ring.splice(0, surplus).at(-1)?.head ?? this.#ringBase;
    this.#listener?.changed(steps);
  }

  #ringViews(ids: readonly string[]): string[] {
    return ids.flatMap((id) => publicViews(this.board, id));
  }

  #ringEntry({ head, ids }: TailEntry, before: readonly string[] = []): RingEntry {
    let views: readonly string[] | undefined;
    const look = (): readonly string[] => [...new Set([...this.#ringViews(ids), ...before])];
    return {
      head,
      get views() {
        return (views ??= look());
      },
    };
  }
}

const idsOf = ({ put, gone }: Publication): string[] => [...put.map(({ id }) => id), ...gone];
