/**
 * One phone's connection: welcome, resume, commands, open audiences; and what happens when it reads too slowly (N5).
 */
import type { Ack, Audience, Bye, ClientMessages, OpenAnswer, ServerMessages } from '@huddle/shared/protocol.ts';
import { COMMAND_BYTES, PROTOCOL_VERSION } from '@huddle/shared/protocol.ts';
import type { Socket } from 'socket.io';
import type { Actor } from '../board/rule.ts';
import { viewsFor } from '../board/views.ts';
import type { Head } from '../store/store.ts';
import { type Member, cursorOf } from './feed.ts';
import { type Frame, sendFrame, waiting, whenDrained } from './frame.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import type { NodeBoard } from './served-board.ts';

export type PhoneSocket = Socket<ClientMessages, ServerMessages>;

/** What may wait for a slow reader before it gets no more changes (N5). */
const WAITING_BYTES = 256 * 1024;
const WAITING_PACKETS = 64;
/** How long it may lag before it is told to come back. */
const LAG_MS = 30_000;
/** Audiences that one connection may have open beside `public` and itself. */
const OPEN_AT_ONCE = 16;

const isAudience = (value: unknown): value is Audience =>
  typeof value === 'string' && value.length <= 64 && /^(?:organiser|(?:gathering|host)\/[A-Za-z0-9_-]+)$/.test(value);

const isFunction = (value: unknown): value is (answer: unknown) => void => typeof value === 'function';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

export interface ConnectionParts {
  readonly socket: PhoneSocket;
  readonly board: NodeBoard;
  readonly person: string | undefined;
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
  readonly #board: NodeBoard;
  readonly #audiences = new Set<Audience>();
  readonly #parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#socket = parts.socket;
    this.#board = parts.board;
    this.actor = parts.person === undefined ? undefined : { kind: 'person', id: parts.person };
  }

  get lagging(): boolean {
    return this.#lagging !== undefined;
  }

  /** Answers from here on; nothing public flows before `resume`. */
  start(): void {
    const { person, relaxed } = this.#parts;
    const socket = this.#socket;
    const mine: Audience | undefined = person === undefined ? undefined : `person/${person}`;
    socket.emit('welcome', {
      version: PROTOCOL_VERSION,
      serverNow: this.#parts.now(),
      ...(person === undefined ? {} : { person }),
      ...(mine === undefined ? {} : { views: viewsFor(this.#board.replica.board, mine) }),
      ...(relaxed ? { relaxed } : {}),
    });
    if (mine !== undefined) this.#join(mine);
    socket.on('resume', (request, answer) => void this.#resume(request, answer));
    socket.on('command', (command, answer) => void this.#command(command, answer));
    socket.on('open', (request, answer) => {
      this.#open(request, answer);
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
    const { bytes, packets } = waiting(this.#socket);
    if (bytes > WAITING_BYTES || packets > WAITING_PACKETS) {
      this.#lag();
      return false;
    }
    this.#parts.meter.sent += 1;
    if (!sendFrame(this.#socket, frame)) this.#parts.meter.sentByEmit += 1;
    return true;
  }

  /** Says why, and hangs up. */
  bye(bye: Bye): void {
    this.#socket.emit('bye', bye);
    this.#socket.disconnect(true);
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

  async #resume(request: unknown, answer: unknown): Promise<void> {
    if (!isFunction(answer)) return;
    const cursor = field(request, 'cursor');
    const seen = typeof cursor === 'string' ? cursor : undefined;
    await this.#board.reach(seen);
    // From here on in one turn, so that nothing is applied between the answer and the next tick.
    const result = this.#board.resume(seen);
    if ('change' in result && this.#socket.connected) {
      this.#join('public');
      this.seen = this.#board.replica.head;
    }
    answer(result);
  }

  async #command(command: unknown, answer: unknown): Promise<void> {
    if (!isFunction(answer)) return;
    answer(await this.#ack(command));
  }

  async #ack(command: unknown): Promise<Ack> {
    if (this.actor === undefined) return { ok: false, code: 'sessionNeeded' };
    if (Buffer.byteLength(JSON.stringify([command])) > COMMAND_BYTES) return { ok: false, code: 'tooLarge' };
    const ack = await this.#board.submit(command, this.actor);
    if (ack.ok) this.#board.feed.await(this, ack.rev);
    return ack;
  }

  #open(request: unknown, answer: unknown): void {
    if (!isFunction(answer)) return;
    const audience = field(request, 'audience');
    const refused = (code: 'invalid' | 'tooMany'): OpenAnswer => ({ ok: false, code, field: 'audience' });
    if (!isAudience(audience)) {
      answer(refused('invalid'));
      return;
    }
    if (this.#audiences.size >= OPEN_AT_ONCE && !this.#audiences.has(audience)) {
      answer(refused('tooMany'));
      return;
    }
    const opened = this.#board.open(audience, this.actor);
    if (opened.ok) this.#join(audience);
    answer(opened.ok ? { ok: true, change: { audience, put: opened.views, whole: true } } : opened);
  }

  /** No more changes until it has read what waits; then one catch-up, else "come back" (N5). */
  #lag(): void {
    if (this.#lagging !== undefined) return;
    this.#parts.meter.lagged += 1;
    this.#lagging = setTimeout(() => {
      this.bye({ code: 'slow', comeBackAfterMs: 1000 });
    }, LAG_MS);
    whenDrained(this.#socket, () => {
      this.#catchUp();
    });
  }

  #catchUp(): void {
    clearTimeout(this.#lagging);
    this.#lagging = undefined;
    if (!this.#socket.connected) return;
    const resumed = this.#board.resume(cursorOf(this.seen));
    if ('startOver' in resumed) {
      this.bye({ code: 'slow', comeBackAfterMs: 0 });
      return;
    }
    for (const audience of this.#audiences) {
      const opened = audience === 'public' ? undefined : this.#board.open(audience, this.actor);
      if (opened?.ok === true) this.#socket.emit('change', { audience, put: opened.views, whole: true });
    }
    if (!this.#audiences.has('public')) return;
    this.seen = this.#board.replica.head;
    this.#socket.emit('change', resumed.change);
  }
}
