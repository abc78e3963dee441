/** One board on this node: its copy, its writer and its feed. */
import type { BoardRecord } from '@huddle/shared/board.ts';
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { Ack, Audience, Change, CommandType, Cursor, ResumeAnswer } from '@huddle/shared/protocol.ts';
import { justBanned } from '../board/moderation.ts';
import { planBehind, type PlanEntry } from '../board/plan.ts';
import type { Actor } from '../board/rule.ts';
import { type Step, maySee, viewOf, viewsFor } from '../board/views.ts';
import type { Head } from '../store/store.ts';
import type { ServedBoard, SnapshotFile } from './api.ts';
import type { BoardParts } from './boards.ts';
import { parseCommand } from './command.ts';
import { Feed, cursorOf } from './feed.ts';
import { Limits } from './limit.ts';
import { Replica } from './replica.ts';
import { SnapshotMaker } from './snapshot.ts';
import { Writer } from './writer.ts';

/** Commands a second that one person may send, and at once (X6). */
const COMMANDS_A_SECOND = 10;
const COMMANDS_AT_ONCE = 20;
/** Join codes that one person may try, a second and at once: a code of six is not guessed by the thousands of sessions there may be. */
const CODES_A_SECOND = 1 / 60;
const CODES_AT_ONCE = 10;

const headOf = (cursor: string): Head | undefined => {
  const match = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(cursor);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { rev: Number(match[1]), token: match[2] };
};

export class NodeBoard implements ServedBoard {
  readonly slug: string;
  readonly replica: Replica;
  readonly feed: Feed;
  readonly #writer: Writer;
  readonly #snapshots: SnapshotMaker;
  readonly #limits = new Limits(COMMANDS_A_SECOND, COMMANDS_AT_ONCE);
  readonly #codes = new Limits(CODES_A_SECOND, CODES_AT_ONCE);
  readonly #parts: BoardParts;
  /** Answers to phones that come back with the same cursor, encoded once; cleared by every change (N6). */
  readonly #resumes = new Map<Cursor, Change>();
  readonly #replacedListeners = new Set<() => void>();
  readonly #changedListeners = new Set<(steps: readonly Step[]) => void>();

  constructor(slug: string, parts: BoardParts) {
    this.slug = slug;
    this.#parts = parts;
    this.replica = new Replica(slug, parts);
    this.feed = new Feed(this.replica, parts);
    this.#writer = new Writer(this.replica, parts, (steps) => parts.committed(this, steps));
    this.#snapshots = new SnapshotMaker(this.replica, () => parts.now());
    this.replica.listen({
      changed: (steps) => {
        this.#resumes.clear();
        this.feed.changed(steps);
        for (const person of justBanned(steps)) this.#sayBye(person);
        for (const listener of this.#changedListeners) listener(steps);
      },
      replaced: () => {
        this.#resumes.clear();
        this.#snapshots.drop();
        this.feed.reset();
        for (const listener of this.#replacedListeners) listener();
      },
    });
  }

  /** Calls `listener` with what has been applied. */
  onChanged(listener: (steps: readonly Step[]) => void): void {
    this.#changedListeners.add(listener);
  }

  /** Calls `listener` when everything may be different and phones must start over (S2). */
  onReplaced(listener: () => void): () => void {
    this.#replacedListeners.add(listener);
    return () => this.#replacedListeners.delete(listener);
  }

  get exists(): boolean {
    return this.replica.board.self !== undefined;
  }

  get stored(): { readonly self: BoardRecord | undefined; readonly gatherings: readonly GatheringRecord[] } {
    const { board } = this.replica;
    return { self: board.self, gatherings: [...board.gatherings.values()] };
  }

  organises(actor: Actor | undefined): boolean {
    return maySee(this.replica.board, 'organiser', actor);
  }

  submit(wish: unknown, actor: Actor): Promise<Ack> {
    const sent = parseCommand(wish, actor);
    if ('refusal' in sent) return this.#refused('unknown', { ok: false, ...sent.refusal });
    const { type } = sent.command;
    const wait = this.#wait(type, actor);
    if (wait > 0) return this.#refused(type, { ok: false, code: 'tooMany', retryAfterMs: wait });
    return this.#writer.submit(sent);
  }

  /** X6: 0, or milliseconds until this person may send that. */
  #wait(type: CommandType, actor: Actor): number {
    if (actor.kind !== 'person' || (type === 'importGatherings' && this.organises(actor))) return 0;
    const now = this.#parts.now();
    const wait = this.#limits.take(actor.id, now);
    return wait === 0 && type === 'joinBoard' ? this.#codes.take(actor.id, now) : wait;
  }

  plan(token: string): readonly PlanEntry[] | undefined {
    return planBehind(this.replica.board, token);
  }

  snapshot(): SnapshotFile {
    return this.#snapshots.get();
  }

  open(audience: Audience, actor: Actor | undefined): ReturnType<ServedBoard['open']> {
    const { board } = this.replica;
    if (!maySee(board, audience, actor)) return { ok: false, code: 'forbidden', field: 'audience' };
    return { ok: true, views: viewsFor(board, audience) };
  }

  /** A cursor ahead of this node: the store is asked first (N6). Never throws. */
  async reach(cursor: string | undefined): Promise<void> {
    const head = cursor === undefined ? undefined : headOf(cursor);
    if (head !== undefined && head.rev > this.replica.head.rev) await this.replica.catchUp().catch(() => undefined);
  }

  /** What a phone with that cursor has missed of `public`, or that it must start over (N6). */
  resume(cursor: string | undefined): ResumeAnswer {
    const head = cursor === undefined ? undefined : headOf(cursor);
    if (head === undefined) return this.#startOver();
    const known = this.#resumes.get(cursorOf(head));
    const missed = known === undefined ? this.replica.missedSince(head) : undefined;
    if (known === undefined && missed === undefined) return this.#startOver();
    const change = known ?? this.#missedChange(missed?.views ?? new Set());
    this.#resumes.set(cursorOf(head), change);
    this.#parts.meter.resumes.change += 1;
    return { change };
  }

  idle(): Promise<void> {
    return this.#writer.idle();
  }

  get isIdle(): boolean {
    return this.#writer.isIdle;
  }

  async stop(): Promise<void> {
    await this.#writer.idle();
    this.feed.stop();
    await this.replica.stop();
  }

  /** X8: a ban is felt at once; whoever comes back may read what everybody may. */
  #sayBye(person: string): void {
    for (const member of [...this.feed.members(`person/${person}`)]) member.bye({ code: 'banned', comeBackAfterMs: 0 });
  }

  #startOver(): ResumeAnswer {
    this.#parts.meter.resumes.startOver += 1;
    return { startOver: true };
  }

  #missedChange(ids: ReadonlySet<string>): Change {
    const { board, head } = this.replica;
    const views = [...ids].map((id) => [id, viewOf(board, 'public', id)] as const);
    const put = views.flatMap(([, view]) => view ?? []);
    const gone = views.flatMap(([id, view]) => (view === undefined ? [id] : []));
    return { audience: 'public', cursor: cursorOf(head), put, ...(gone.length === 0 ? {} : { gone }) };
  }

  #refused(type: string, ack: Extract<Ack, { ok: false }>): Promise<Ack> {
    this.#parts.meter.command(type, ack.code);
    return Promise.resolve(ack);
  }
}
