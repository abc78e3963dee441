/**
 * One writer per board and node (N1): takes what waits, decides it one on top of the other, and does one commit. Try on, take off, commit,
 * put on: what is not committed is never seen. Sends nothing (N2).
 */
import type { Ack, Refusal } from '@huddle/shared/protocol.ts';
import { decide } from '../board/decide.ts';
import type { Effect } from '../board/rule.ts';
import type { StoredRecord } from '../board/records.ts';
import type { Step } from '../board/views.ts';
import { type CommitAnswer, type Receipt, type Store, StoreAway, type StoreChange } from '../store/store.ts';
import type { Sent } from './command.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import type { Replica } from './replica.ts';

/** Commands decided in one commit. */
const BATCH = 256;
/** Commands that may wait for one board; the surplus is told to come back, so that nothing queues without bound (S4). */
const QUEUE = 10_000;
/** Conflicts in a row after which the writer steps back for a moment. */
const EAGER_TRIES = 5;
/** Tries after which the commands are handed back: a board this contended is better asked later. */
const TRIES = 50;
const RETRY_MS = 1000;

interface Waiting {
  readonly sent: Sent;
  readonly answer: (ack: Ack) => void;
}

interface Accepted {
  readonly waiting: Waiting;
  readonly result: unknown;
}

const AWAY: Refusal = { code: 'retry', retryAfterMs: RETRY_MS };

export class Writer {
  readonly #replica: Replica;
  readonly #store: Store;
  readonly #meter: Meter;
  readonly #log: Log;
  readonly #now: () => number;
  #queue: Waiting[] = [];
  /** Commands on their way, by receipt key: a double tap gets the same answer as the first. */
  readonly #inFlight = new Map<string, { readonly hash: string; readonly ack: Promise<Ack> }>();
  #draining: Promise<void> | undefined;
  /** The last commit's outcome is unknown (S6): the store is asked before anything is decided on. */
  #unsure = false;

  readonly #committed: (steps: readonly Step[]) => void;

  /** @param committed hears what this writer has committed, once it is applied: what leaves the house goes out from there (B8) */
  constructor(
    replica: Replica,
    parts: { readonly store: Store; readonly meter: Meter; readonly log: Log; now(): number },
    committed: (steps: readonly Step[]) => void = () => undefined,
  ) {
    this.#committed = committed;
    this.#replica = replica;
    this.#store = parts.store;
    this.#meter = parts.meter;
    this.#log = parts.log;
    this.#now = () => parts.now();
  }

  /** Decides and commits; never throws. */
  submit(sent: Sent): Promise<Ack> {
    const twin = this.#inFlight.get(sent.key);
    if (twin !== undefined) return twin.hash === sent.hash ? twin.ack : Promise.resolve({ ok: false, code: 'idReused' });
    if (this.#queue.length >= QUEUE) return Promise.resolve({ ok: false, ...AWAY });
    const ack = new Promise<Ack>((resolve) => {
      this.#queue.push({ sent, answer: resolve });
    }).finally(() => this.#inFlight.delete(sent.key));
    this.#inFlight.set(sent.key, { hash: sent.hash, ack });
    this.#draining ??= this.#drain();
    return ack;
  }

  /** Resolves when nothing waits any more (N7). */
  async idle(): Promise<void> {
    await this.#draining;
  }

  get isIdle(): boolean {
    return this.#draining === undefined;
  }

  async #drain(): Promise<void> {
    // Whatever arrives in this turn of the event loop shares the commit.
    await new Promise(setImmediate);
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, BATCH);
      try {
        await this.#write(batch);
      } catch (error) {
        const away = error instanceof StoreAway;
        if (!away) this.#log.error({ board: this.#replica.slug, error }, 'a batch of commands failed');
        this.#unsure = true;
        for (const { answer, sent } of batch) this.#refuse(sent, answer, away ? AWAY : { code: 'internal' });
      }
    }
    this.#draining = undefined;
  }

  /** Until every command of the batch has its answer. @throws StoreAway */
  async #write(batch: readonly Waiting[]): Promise<void> {
    let open = batch;
    for (let tries = 1; open.length > 0; tries += 1) {
      if (this.#unsure) await this.#replica.catchUp();
      this.#unsure = false;
      const { accepted, refused, change, before } = this.#decide(open);
      const outcome = await this.#commit(accepted, change, before);
      if (outcome === undefined || outcome.kind === 'committed') {
        await this.#answerRefused(refused);
        return;
      }
      // What was refused on top of what did not come to be is decided again with the rest.
      if (outcome.kind === 'known') open = this.#answerKnown(open, outcome.receipts);
      else await this.#yieldTo(tries);
    }
  }

  /** Another node was first: catch up, and step back for a moment once it has happened often. */
  async #yieldTo(tries: number): Promise<void> {
    this.#meter.conflicts += 1;
    if (tries >= TRIES) throw new StoreAway(`another writer was first ${TRIES} times`);
    if (tries > EAGER_TRIES) await new Promise((resolve) => setTimeout(resolve, (tries - EAGER_TRIES) * 2 * (0.5 + Math.random())));
    await this.#replica.catchUp();
  }

  /** Decides each on top of those before it, then takes everything off again: all in one turn, so nobody sees it. */
  #decide(open: readonly Waiting[]): {
    accepted: Accepted[];
    refused: [Waiting, Refusal][];
    change: StoreChange;
    before: ReadonlyMap<string, StoredRecord | undefined>;
  } {
    const { board } = this.#replica;
    const accepted: Accepted[] = [];
    const refused: [Waiting, Refusal][] = [];
    const undo: [string, StoredRecord | undefined][] = [];
    const now = this.#now();
    for (const waiting of open) {
      const decision = this.#decideOne(waiting.sent, now);
      if ('refusal' in decision) {
        refused.push([waiting, decision.refusal]);
        continue;
      }
      for (const id of decision.gone ?? []) undo.push([id, board.put(id, undefined)]);
      for (const record of decision.put) undo.push([record.id, board.put(record.id, record)]);
      accepted.push({ waiting, result: decision.result });
    }
    const touched = new Set(undo.map(([id]) => id));
    const put = [...touched].flatMap((id) => board.records.get(id) ?? []);
    const gone = [...touched].filter((id) => !board.records.has(id));
    const before = new Map(undo.reverse());
    for (const [id, previous] of undo) board.put(id, previous);
    return { accepted, refused, change: { put, gone }, before };
  }

  #decideOne({ command, actor, id }: Sent, now: number): Effect | { readonly refusal: Refusal } {
    try {
      return decide(this.#replica.board, command, { actor, now, id });
    } catch (error) {
      this.#log.error({ board: this.#replica.slug, type: command.type, error }, 'a rule threw');
      return { refusal: { code: 'internal' } };
    }
  }

  async #commit(
    accepted: readonly Accepted[],
    change: StoreChange,
    before: ReadonlyMap<string, StoredRecord | undefined>,
  ): Promise<CommitAnswer | undefined> {
    if (accepted.length === 0) return undefined;
    const { head, slug } = this.#replica;
    const rev = head.rev + 1;
    const receipts = accepted.map(({ waiting: { sent }, result }) => ({
      key: sent.key,
      hash: sent.hash,
      rev,
      ...(result === undefined ? {} : { result }),
    }));
    const began = performance.now();
    const outcome = await this.#store.commit(slug, head, change, receipts);
    if (outcome.kind !== 'committed') return outcome;
    this.#meter.commitSeconds.observe((performance.now() - began) / 1000);
    this.#meter.commitBatch.observe(accepted.length);
    // The same way as any publication; the echo that follows is old and dropped (N1).
    if (!this.#replica.apply({ follows: head, head: outcome.head, ...change })) this.#unsure = true;
    for (const { waiting, result } of accepted) {
      this.#meter.command(waiting.sent.command.type, 'ok');
      waiting.answer({ ok: true, rev, ...(result === undefined ? {} : { result }) });
    }
    this.#committed(change.put.map((after) => ({ id: after.id, before: before.get(after.id), after })));
    return outcome;
  }

  /** A refusal stands only if this very command has not taken effect before: then it gets its result again (B7). */
  async #answerRefused(refused: readonly [Waiting, Refusal][]): Promise<void> {
    if (refused.length === 0) return;
    const receipts = await this.#store.receipts(
      this.#replica.slug,
      refused.map(([{ sent }]) => sent.key),
    );
    const fresh = new Set(
      this.#answerKnown(
        refused.map(([waiting]) => waiting),
        receipts,
      ),
    );
    for (const [waiting, refusal] of refused) if (fresh.has(waiting)) this.#refuse(waiting.sent, waiting.answer, refusal);
  }

  /** Answers those that took effect before; returns the others. */
  #answerKnown(open: readonly Waiting[], receipts: readonly Receipt[]): Waiting[] {
    const known = new Map(receipts.map((receipt) => [receipt.key, receipt]));
    return open.filter(({ sent, answer }) => {
      const receipt = known.get(sent.key);
      if (receipt === undefined) return true;
      if (receipt.hash !== sent.hash) this.#refuse(sent, answer, { code: 'idReused' });
      else answer({ ok: true, rev: receipt.rev, ...(receipt.result === undefined ? {} : { result: receipt.result }) });
      return false;
    });
  }

  #refuse(sent: Sent, answer: (ack: Ack) => void, refusal: Refusal): void {
    this.#meter.command(sent.command.type, refusal.code);
    answer({ ok: false, ...refusal });
  }
}
