/** The door for phones: Socket.IO, websocket only, on the server's own port. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Bye, ClientMessages, ServerMessages } from '@huddle/shared/protocol.ts';
import { PROTOCOL_VERSION } from '@huddle/shared/protocol.ts';
import { Server } from 'socket.io';
import type { OriginPolicy } from '../http/origin.ts';
import type { Sessions } from '../http/session.ts';
import { StoreAway } from '../store/store.ts';
import type { NodeBoards } from './boards.ts';
import { Connection, type PhoneSocket } from './connection.ts';
import { encodeFrame, forgetRequest } from './frame.ts';
import { Gate } from './gate.ts';
import type { Log } from './log.ts';
import type { NodeBoard } from './served-board.ts';
import { turnAway } from './turn-away.ts';
import { Turns } from './turns.ts';

/** Half-open Wi-Fi is noticed within 15 s (C7). */
const PING_MS = 10_000;
const PONG_MS = 5000;
/** Above the largest command, so that a too large one gets an answer rather than a cut. */
const LARGEST_PACKET = 64 * 1024;
/** A leaving node spreads its phones over this time (N7). */
const SPREAD_MS = 3000;
/** After this long without the store, what is shown is marked not live (R8). */
const NOT_LIVE_MS = 3000;

export interface SocketParts {
  readonly server: HttpServer;
  readonly boards: NodeBoards;
  /** The deployment's own board: it knows which sessions are over. */
  readonly deployment: NodeBoard;
  readonly sessions: Sessions;
  readonly origins: OriginPolicy;
  readonly log: Log;
  /** Epoch ms. */
  now(): number;
  /** 0 ≤ x < 1, for spreading. */
  random(): number;
}

export interface Sockets {
  readonly count: number;
  /** Bytes that wait to be read by phones: of all, and of the one for whom most waits (N5). */
  readonly queued: { readonly total: number; readonly largest: number };
  /** Tells everyone when to come back, spread, and hangs up (N7). */
  close(): Promise<void>;
}

/** Whoever hangs up before it is their turn; what comes after listens for itself. */
const goneAgain = (): void => undefined;

/** Where a handshake leads: to a board, or to a reason why not. */
type Admission = { readonly board: NodeBoard } | { readonly bye: Bye };

const field = (handshake: unknown, name: string): unknown =>
  typeof handshake === 'object' && handshake !== null ? (handshake as Record<string, unknown>)[name] : undefined;

class PhoneDoor implements Sockets {
  readonly #io: Server<ClientMessages, ServerMessages>;
  readonly #parts: SocketParts;
  readonly #gate: Gate;
  readonly #arrivals = new Turns();
  readonly #connections = new Map<PhoneSocket, Connection>();
  #live = true;
  #notLive: NodeJS.Timeout | undefined;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#gate = new Gate(() => parts.random());
    this.#io = new Server(parts.server, {
      transports: ['websocket'],
      serveClient: false,
      pingInterval: PING_MS,
      pingTimeout: PONG_MS,
      maxHttpBufferSize: LARGEST_PACKET,
      perMessageDeflate: false,
      httpCompression: false,
      allowRequest: (request, decide) => {
        this.#atTheDoor(request, decide);
      },
    });
    this.#io.on('connection', (socket) => void this.#connect(socket));
    parts.boards.onHealth(({ reachable }) => {
      this.#standing(reachable);
    });
    parts.deployment.onChanged((steps) => {
      if (steps.some(({ id }) => id.startsWith('epoch/'))) this.#hangUpEnded();
    });
    parts.deployment.onReplaced(() => {
      this.#hangUpEnded();
    });
  }

  get count(): number {
    return this.#connections.size;
  }

  get queued(): Sockets['queued'] {
    let [total, largest] = [0, 0];
    for (const { waitingBytes } of this.#connections.values()) {
      total += waitingBytes;
      largest = Math.max(largest, waitingBytes);
    }
    return { total, largest };
  }

  async close(): Promise<void> {
    clearTimeout(this.#notLive);
    this.#gate.close();
    for (const connection of this.#connections.values()) {
      connection.bye({ code: 'leaving', comeBackAfterMs: Math.ceil(this.#parts.random() * SPREAD_MS) });
    }
    await this.#io.close();
  }

  /** X8: whoever has signed out of a session, here or on another node, is cut off from it. */
  #hangUpEnded(): void {
    for (const connection of [...this.#connections.values()]) {
      const { session } = connection;
      if (session !== undefined && this.#parts.sessions.isOver(session)) connection.bye({ code: 'signedOut', comeBackAfterMs: 0 });
    }
  }

  /** Before the upgrade: whom a page elsewhere sends is refused (X1); thousands who come at once are seen one after the other. */
  #atTheDoor(request: IncomingMessage, decide: (error: null, allowed: boolean) => void): void {
    if (!this.#parts.origins.allows(request.headers, 'encrypted' in request.socket)) {
      decide(null, false);
      return;
    }
    request.socket.on('error', goneAgain);
    this.#arrivals.add(() => {
      request.socket.off('error', goneAgain);
      this.#letIn(request, decide);
    });
  }

  /** Whoever is too many costs no handshake (N8). */
  #letIn(request: IncomingMessage, decide: (error: null, allowed: boolean) => void): void {
    const { boards } = this.#parts;
    const wait = this.#gate.enter();
    if (wait === 0) decide(null, true);
    else {
      boards.meter.refusedHandshakes += 1;
      // Never decided: the connection is no business of Socket.IO's any more.
      turnAway(request, { code: 'busy', comeBackAfterMs: wait });
    }
  }

  async #connect(socket: PhoneSocket): Promise<void> {
    const admission = await this.#admit(socket.handshake.auth);
    if (!socket.connected) return;
    if ('bye' in admission) {
      socket.emit('bye', admission.bye);
      socket.disconnect(true);
      return;
    }
    const { boards, sessions, log } = this.#parts;
    const { board } = admission;
    const shown = sessions.shown(socket.handshake.headers.cookie);
    forgetRequest(socket);
    const connection = new Connection({
      socket,
      board,
      session: shown !== undefined && 'session' in shown ? shown.session : undefined,
      signedOut: shown !== undefined && 'over' in shown,
      meter: boards.meter,
      log,
      relaxed: boards.health.durability === 'relaxed',
      now: () => this.#parts.now(),
    });
    this.#connections.set(socket, connection);
    const forget = board.onReplaced(() => {
      connection.bye({ code: 'leaving', comeBackAfterMs: Math.ceil(this.#parts.random() * SPREAD_MS) });
    });
    socket.on('disconnect', () => {
      forget();
      this.#connections.delete(socket);
    });
    connection.start();
    if (!this.#live) socket.emit('standing', { live: false });
  }

  async #admit(handshake: unknown): Promise<Admission> {
    const { boards, log } = this.#parts;
    const version = field(handshake, 'version');
    if (version !== PROTOCOL_VERSION) return { bye: { code: 'upgrade' } };
    try {
      const slug = field(handshake, 'board');
      const board = typeof slug === 'string' ? await boards.find(slug) : undefined;
      return board === undefined ? { bye: { code: 'noBoard' } } : { board };
    } catch (error) {
      if (!(error instanceof StoreAway)) log.error({ error }, 'a handshake failed');
      return { bye: { code: 'busy', comeBackAfterMs: 1000 + Math.ceil(this.#parts.random() * SPREAD_MS) } };
    }
  }

  /** The store went away, or came back: after 3 s everyone is told that this is not live (R8). */
  #standing(reachable: boolean): void {
    clearTimeout(this.#notLive);
    if (reachable) this.#tell(true);
    else
      this.#notLive = setTimeout(() => {
        this.#tell(false);
      }, NOT_LIVE_MS);
  }

  #tell(live: boolean): void {
    if (this.#live === live) return;
    this.#live = live;
    const frame = encodeFrame('standing', { live });
    for (const connection of this.#connections.values()) connection.tell(frame);
  }
}

/** Opens the door for phones on that server. */
export const attachSockets = (parts: SocketParts): Sockets => new PhoneDoor(parts);
