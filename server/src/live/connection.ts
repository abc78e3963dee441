/**
 * One phone's connection: welcome, resume, commands, open audiences; and what happens when it reads too slowly (N5).
 */
import type { Ack, Audience, Bye, ClientMessages, OpenAnswer, ResumeAnswer, ServerMessages } from '@huddle/shared/protocol.ts';
import { COMMAND_BYTES, PROTOCOL_VERSION } from '@huddle/shared/protocol.ts';
import type { Socket } from 'socket.io';
import type { Actor } from '../board/rule.ts';
import type { Session } from '../board/session.ts';
import { viewsFor } from '../board/views.ts';
import type { Head } from '../store/store.ts';
import { type Member, cursorOf } from './feed.ts';
import { type Frame, Line } from './frame.ts';
import { Bucket } from './limit.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import type { NodeBoard } from './served-board.ts';

export type PhoneSocket = Socket<ClientMessages, ServerMessages>;

/** What may wait for a slow reader before it gets no more changes (N5). */
const WAITING_BYTES = 256 * 1024;
const WAITING_PACKETS = 64;
/** How long it may lag before it is told to come back. */
const LAG_MS = 30_000;
/** Requests of any kind that one connection may make: far more than a hasty thumb, far less than a flood. */
const REQUESTS_A_SECOND = 50;
const REQUESTS_AT_ONCE = 200;
/** Audiences that one connection may have open beside `public` and itself. */
const OPEN_AT_ONCE = 16;

const isAudience = (value: unknown): value is Audience =>
  typeof value === 'string' && value.length <= 64 && /^(?:organiser|(?:gathering|host)\/[A-Za-z0-9_-]+)$/.test(value);

/** Bytes of JSON; what is nested too deeply for that is too large. */
const sizeOf = (command: unknown): number => {
  try {
    return Buffer.byteLength(JSON.stringify([command]));
  } catch {
    return Infinity;
  }
};

const isFunction = (value: unknown): value is (answer: unknown) => void => typeof value === 'function';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

export interface ConnectionParts {
  readonly socket: PhoneSocket;
  readonly board: NodeBoard;
  readonly session: Session | undefined;
  /** The session that was shown is over (X8). */
  readonly signedOut: boolean;
  readonly meter: Meter;
  readonly log: Log;
  /** Whether the store's commits survive a power loss (S4). */
  readonly relaxed: boolean;
  now(): number;
}

export class Connection implements Member {
  readonly actor: Actor | undefined;
  seen: Head = { rev: -1, token: '' };
  #lagging: NodeJS.Timeout | undefined;
  readonly #socket: PhoneSocket;
  readonly #line: Line;
  readonly #board: NodeBoard;
  readonly #audiences = new Set<Audience>();
  readonly #parts: ConnectionParts;
  readonly #requests = new Bucket(REQUESTS_A_SECOND, REQUESTS_AT_ONCE, performance.now());

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#socket = parts.socket;
    this.#line = new Line(parts.socket);
    this.#board = parts.board;
    this.actor = parts.session === undefined ? undefined : { kind: 'person', id: parts.session.person };
  }

  get session(): Session | undefined {
    return this.#parts.session;
  }

  get lagging(): boolean {
    return this.#lagging !== undefined;
  }

  /** Answers from here on; nothing public flows before `resume`. */
  start(): void {
    const { session, signedOut, relaxed } = this.#parts;
    const person = session?.person;
    const socket = this.#socket;
    const mine: Audience | undefined = person === undefined ? undefined : `person/${person}`;
    socket.emit('welcome', {
      version: PROTOCOL_VERSION,
      serverNow: this.#parts.now(),
      ...(person === undefined ? {} : { person }),
      ...(mine === undefined ? {} : { views: viewsFor(this.#board.replica.board, mine) }),
      ...(signedOut ? { signedOut } : {}),
      ...(relaxed ? { relaxed } : {}),
    });
    if (mine !== undefined) this.#join(mine);
    socket.on('resume', (request, answer) => {
      this.#serve(answer, (reply) => this.#resume(request, reply));
    });
    socket.on('command', (command, answer) => {
      this.#serve(answer, async (reply) => {
        reply(await this.#ack(command));
      });
    });
    socket.on('open', (request, answer) => {
      this.#serve(answer, (reply) => {
        reply(this.#open(request));
      });
    });
    socket.on('close', (request) => {
      const audience = field(request, 'audience');
      if (isAudience(audience)) this.#leave(audience);
    });
    socket.on('disconnect', () => {
      this.#stop();
    });
  }

  send(frame: Frame): boolean {
    if (this.#isBehind) {
      this.#lag();
      return false;
    }
    this.#parts.meter.sent += 1;
    if (!this.#line.send(frame)) this.#parts.meter.sentByEmit += 1;
    return true;
  }

  /** Bytes that wait for it to read. */
  get waitingBytes(): number {
    return this.#line.waitingBytes;
  }

  catchUp(): void {
    clearTimeout(this.#lagging);
    this.#lagging = undefined;
    if (!this.#socket.connected) return;
    try {
      this.#sendMissed();
    } catch (error) {
      this.#parts.log.error({ board: this.#board.slug, error }, 'a phone could not catch up, and is told to come back');
      this.bye({ code: 'busy' });
    }
  }

  /** Tells whether what it shows is live (R8). */
  tell(standing: Frame<'standing'>): void {
    this.#line.send(standing);
  }

  /** Says why, and hangs up. */
  bye(bye: Bye): void {
    this.#socket.emit('bye', bye);
    this.#socket.disconnect(true);
  }

  /** More waits for this one to read than N5 allows. */
  get #isBehind(): boolean {
    return this.#line.waitingBytes > WAITING_BYTES || this.#line.waitingPackets > WAITING_PACKETS;
  }

  /** Answers a request – unless this one asks more than it reads, or more than anyone needs: answers must not pile up either (N5). */
  #serve(answer: unknown, work: (reply: (answer: unknown) => void) => void | Promise<void>): void {
    if (!isFunction(answer)) return;
    if (this.#isBehind || this.#requests.take(performance.now()) > 0) {
      this.bye({ code: 'slow', comeBackAfterMs: 1000 });
      return;
    }
    Promise.resolve(work(answer)).catch((error: unknown) => {
      this.#parts.log.error({ board: this.#board.slug, error }, 'a request failed');
      answer({ ok: false, code: 'internal' });
    });
  }

  #join(audience: Audience): void {
    this.#audiences.add(audience);
    this.#board.feed.join(audience, this);
  }

  #leave(audience: Audience): void {
    this.#audiences.delete(audience);
    this.#board.feed.leave(audience, this);
  }

  #stop(): void {
    clearTimeout(this.#lagging);
    for (const audience of this.#audiences) this.#board.feed.leave(audience, this);
    this.#audiences.clear();
  }

  async #resume(request: unknown, reply: (answer: ResumeAnswer) => void): Promise<void> {
    const cursor = field(request, 'cursor');
    const seen = typeof cursor === 'string' ? cursor : undefined;
    await this.#board.reach(seen);
    // From here on in one turn, so that nothing is applied between the answer and the next tick.
    const result = this.#board.resume(seen);
    if ('change' in result && this.#socket.connected) {
      this.#join('public');
      this.seen = this.#board.replica.head;
    }
    reply(result);
  }

  async #ack(command: unknown): Promise<Ack> {
    if (this.actor === undefined) return { ok: false, code: 'sessionNeeded' };
    if (sizeOf(command) > COMMAND_BYTES) return { ok: false, code: 'tooLarge' };
    const ack = await this.#board.submit(command, this.actor);
    if (!ack.ok) return ack;
    // An answer from before, given by another node: this one may not have heard of it yet, and then no cursor would ever follow.
    if (ack.rev > this.#board.replica.head.rev) await this.#board.replica.catchUp().catch(() => undefined);
    this.#board.feed.await(this, ack.rev);
    return ack;
  }

  #open(request: unknown): OpenAnswer {
    const audience = field(request, 'audience');
    if (!isAudience(audience)) return { ok: false, code: 'invalid', field: 'audience' };
    if (this.#audiences.size >= OPEN_AT_ONCE && !this.#audiences.has(audience)) return { ok: false, code: 'tooMany', field: 'audience' };
    const opened = this.#board.open(audience, this.actor);
    if (!opened.ok) {
      // What is hidden now may be shown again while its page is still open.
      this.#audiences.add(audience);
      this.#board.feed.bar(audience, this);
      return opened;
    }
    this.#join(audience);
    return { ok: true, change: { audience, put: opened.views, whole: true } };
  }

  /** No more changes until it has read what waits; then one catch-up, else "come back" (N5). */
  #lag(): void {
    if (this.#lagging !== undefined) return;
    this.#parts.meter.lagged += 1;
    this.#lagging = setTimeout(() => {
      this.bye({ code: 'slow', comeBackAfterMs: 1000 });
    }, LAG_MS);
    this.#line.whenDrained(() => {
      this.catchUp();
    });
  }

  #sendMissed(): void {
    // Before it has asked to resume, nothing public flows.
    const resumed = this.#audiences.has('public') ? this.#board.resume(cursorOf(this.seen)) : undefined;
    if (resumed !== undefined && 'startOver' in resumed) {
      this.bye({ code: 'slow', comeBackAfterMs: 0 });
      return;
    }
    for (const audience of this.#audiences) {
      if (audience === 'public') continue;
      const opened = this.#board.open(audience, this.actor);
      // What it may no longer see is shown leaving, also to one that was too slow to hear of it (X5).
      this.#socket.emit('change', { audience, put: opened.ok ? opened.views : [], whole: true });
    }
    if (resumed === undefined) return;
    this.seen = this.#board.replica.head;
    this.#socket.emit('change', resumed.change);
  }
}
