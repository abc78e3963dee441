/**
 * The feed of one board: collects touched views and at each tick encodes every one once, whole, for each audience (N3). Knows no feature.
 */
import type { Audience, Bye, Change, Cursor, View } from '@huddle/shared/protocol.ts';
import type { Actor } from '../board/rule.ts';
import { type Step, type Touched, maySee, touched, viewOf, viewsFor } from '../board/views.ts';
import type { Head } from '../store/store.ts';
import { Beat } from './beat.ts';
import { type Frame, encodeFrame } from './frame.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import type { Replica } from './replica.ts';
import { inTurns } from './turns.ts';

/** One connection, as the feed sees it. */
export interface Member {
  readonly actor: Actor | undefined;
  /** The head up to which this one has been given everything public. */
  seen: Head;
  /** Reads too slowly: gets nothing until it has drained, then a catch-up (N5). */
  readonly lagging: boolean;
  /** Returns whether it went out. */
  send(frame: Frame): boolean;
  /** Gives it, whole, all that it may have missed, or hangs up. Never throws. */
  catchUp(): void;
  /** Says why, and hangs up. */
  bye(bye: Bye): void;
}

export const cursorOf = (head: Head): Cursor => `${head.rev}.${head.token}`;

const add = (sets: Map<Audience, Set<Member>>, audience: Audience, member: Member): void => {
  const members = sets.get(audience) ?? new Set();
  members.add(member);
  sets.set(audience, members);
};

const remove = (sets: Map<Audience, Set<Member>>, audience: Audience, member: Member): void => {
  const members = sets.get(audience);
  members?.delete(member);
  if (members?.size === 0) sets.delete(audience);
};

export class Feed {
  readonly #replica: Replica;
  readonly #meter: Meter;
  readonly #log: Log;
  readonly #members = new Map<Audience, Set<Member>>();
  /** Who has an audience open that they may not see for now: they are given it again once they may. */
  readonly #barred = new Map<Audience, Set<Member>>();
  readonly #touched = new Map<Audience, Set<string>>();
  /** Gatherings whose every answer's holder must look again. */
  readonly #holders = new Set<string>();
  /** Members whose command was acknowledged at a rev that no public view shows. */
  readonly #awaiting = new Set<Member>();
  readonly #beat: Beat;
  /** When the oldest change that the next tick shows was applied, in ms; undefined: there is none. */
  #oldest: number | undefined;
  /** Something threw: nobody knows who has been given what, so the next tick lets everybody catch up. */
  #stumbled = false;
  #failures = 0;

  constructor(replica: Replica, parts: { readonly meter: Meter; readonly log: Log }) {
    this.#replica = replica;
    this.#meter = parts.meter;
    this.#log = parts.log;
    this.#beat = new Beat((lateMs) => this.#tick(lateMs));
  }

  /** Members of an audience; all of them are in `public` once they have resumed. */
  members(audience: Audience): ReadonlySet<Member> {
    return this.#members.get(audience) ?? new Set();
  }

  /** Whether any connection is here. */
  get isWatched(): boolean {
    return this.#members.size > 0;
  }

  join(audience: Audience, member: Member): void {
    remove(this.#barred, audience, member);
    add(this.#members, audience, member);
  }

  /** Lets a member wait for an audience that it may not see now. */
  bar(audience: Audience, member: Member): void {
    add(this.#barred, audience, member);
  }

  leave(audience: Audience, member: Member): void {
    remove(this.#barred, audience, member);
    remove(this.#members, audience, member);
    if (audience === 'public') this.#awaiting.delete(member);
  }

  /** Sees to it that this member hears of `rev` even if nothing public shows it (C1: a pending command waits for its rev). */
  await(member: Member, rev: number): void {
    if (member.seen.rev >= rev || !this.members('public').has(member)) return;
    this.#awaiting.add(member);
    this.#beat.ask();
  }

  /** Takes applied steps in; they are sent at the next tick (N2). */
  changed(steps: readonly Step[]): void {
    this.#oldest ??= performance.now();
    try {
      for (const step of steps) for (const view of touched(this.#replica.board, step)) this.#touch(view);
      if (steps.some(({ id }) => /^(?:person|host|gathering)\//.test(id))) this.#recheck();
    } catch (error) {
      this.#stumble(error);
    }
    this.#beat.ask();
  }

  /** Everything may be different: what was collected means nothing any more (S2). */
  reset(): void {
    this.#touched.clear();
    this.#holders.clear();
    this.#awaiting.clear();
  }

  stop(): void {
    this.#beat.stop();
  }

  #touch(view: Touched): void {
    if ('holders' in view) {
      this.#holders.add(view.holders);
      return;
    }
    if (!this.#members.has(view.audience)) return;
    const views = this.#touched.get(view.audience) ?? new Set();
    views.add(view.view);
    this.#touched.set(view.audience, views);
  }

  /** Whoever may no longer see what they have open is shown it leaving (X5), and coming back once they may see it again. */
  #recheck(): void {
    const { board } = this.#replica;
    for (const [audience, members] of this.#members) {
      if (audience === 'public' || audience.startsWith('person/')) continue;
      for (const member of members) {
        if (maySee(board, audience, member.actor)) continue;
        this.leave(audience, member);
        this.bar(audience, member);
        member.send(encodeFrame('change', { audience, put: [], whole: true }));
      }
    }
    for (const [audience, members] of this.#barred) {
      for (const member of members) {
        if (!maySee(board, audience, member.actor)) continue;
        this.join(audience, member);
        member.send(encodeFrame('change', { audience, put: viewsFor(board, audience), whole: true }));
      }
    }
  }

  /** `my-rsvp/<gathering>` of those holders who are connected. */
  #expandHolders(): void {
    for (const gathering of this.#holders) {
      for (const person of this.#replica.board.seats(gathering).answers.keys()) {
        this.#touch({ audience: `person/${person}`, view: `my-rsvp/${gathering}` });
      }
    }
    this.#holders.clear();
  }

  /** A fault of ours, in a view or on the way to a socket: it is said once a board, counted, and made good at the next tick. */
  #stumble(error: unknown): void {
    this.#meter.ticksFailed += 1;
    this.#failures += 1;
    this.#stumbled = true;
    if (this.#failures === 1) this.#log.error({ board: this.#replica.slug, error }, 'a tick failed; the next one lets everybody catch up');
  }

  /** Never rejects: a board whose beat has stopped would show nothing new until the node is started again. */
  async #tick(lateMs: number): Promise<void> {
    this.#meter.tickLag.observe(lateMs / 1000);
    const oldest = this.#oldest;
    this.#oldest = undefined;
    try {
      if (this.#stumbled) await this.#makeGood();
      else await this.#send();
      if (oldest !== undefined) this.#meter.changeToSocket.observe((performance.now() - oldest) / 1000);
    } catch (error) {
      this.#stumble(error);
      this.#beat.ask();
    }
  }

  /** Everybody catches up, as whoever has read too slowly does (N5): what they have seen is known, and what they have open. */
  async #makeGood(): Promise<void> {
    this.#stumbled = false;
    this.reset();
    this.#recheck();
    const everybody = new Set([...this.#members.values()].flatMap((members) => [...members]));
    await inTurns(everybody, (member) => {
      if (!member.lagging) member.catchUp();
    });
  }

  /** What was collected: the smaller audiences first and `public` last, so that one cursor covers all (N4). */
  async #send(): Promise<void> {
    this.#expandHolders();
    const { head } = this.#replica;
    const frames: [Frame<'change'>, Member[]][] = [];
    for (const [audience, views] of this.#touched) {
      if (audience !== 'public') frames.push([encodeFrame('change', this.#change(audience, views)), [...this.members(audience)]]);
    }
    const views = this.#touched.get('public');
    const cursor = cursorOf(head);
    const all = [...(views === undefined ? this.#awaiting : this.members('public'))].filter((member) => member.seen.rev < head.rev);
    const last = encodeFrame('change', { ...this.#change('public', views ?? new Set()), cursor });
    this.#touched.clear();
    this.#awaiting.clear();
    this.#meter.encoded += frames.length + 1;
    for (const [frame, members] of frames) await this.#deliver(frame, members);
    await this.#deliver(last, all, head);
  }

  #change(audience: Audience, ids: ReadonlySet<string>): Change {
    const put: View[] = [];
    const gone: string[] = [];
    for (const id of ids) {
      const view = viewOf(this.#replica.board, audience, id);
      if (view === undefined) gone.push(id);
      else put.push(view);
    }
    return { audience, put, ...(gone.length === 0 ? {} : { gone }) };
  }

  /** Whoever joined, left or caught up meanwhile is looked at when its turn comes. */
  #deliver(frame: Frame<'change'>, members: readonly Member[], head?: Head): Promise<void> {
    const { audience } = frame.payload;
    return inTurns(members, (member) => {
      if (member.lagging || !this.members(audience).has(member)) return;
      if (head !== undefined && member.seen.rev >= head.rev) return;
      if (member.send(frame) && head !== undefined) member.seen = head;
    });
  }
}
