/**
 * What we are measured against, as a process of its own: a server without rules or store that speaks as much of our protocol as phones and
 * people need.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Ack, Change, ResumeAnswer, SentCommand, Welcome } from '@huddle/shared/protocol.ts';
import { Server as SocketServer } from 'socket.io';
import { encodeFrame } from '@huddle/server/src/live/frame.ts';
import { WebSocketServer } from 'ws';
import { serve } from './child.ts';
import { naive } from './naive.ts';

const BEAT_MS = 100;
/** Heartbeats as ours, so that connections are kept alive at the same price. */
const PING_MS = 10_000;

export interface Manner {
  /** Size of a change; as long as ours was, so that both send the same bytes. */
  readonly bytes: number;
  readonly redisUrl?: string;
  /** The gatherings of the naive twin, and the seats of each. */
  readonly gatherings?: readonly string[];
  readonly capacity?: number;
}

/** Counts changes and calls `send` as our feed does: the first at once, then one a beat, from beginning to beginning. */
class Ticker {
  rev = 0;
  #asked = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #send: () => void;

  constructor(send: () => void) {
    this.#send = send;
  }

  commit(): Ack {
    this.rev += 1;
    this.#asked = true;
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#beat(), 0);
    return { ok: true, rev: this.rev };
  }

  #beat(): void {
    this.#timer = undefined;
    if (!this.#asked) return;
    this.#asked = false;
    const began = performance.now();
    this.#send();
    this.#timer = setTimeout(() => this.#beat(), Math.ceil(Math.max(0, began + BEAT_MS - performance.now())));
  }
}

const padded = (rev: number, bytes: number): Change => {
  const change = (pad: string): Change => ({ audience: 'public', cursor: `${rev}.t`, put: [{ id: 'card/pad', title: pad } as never] });
  return change('x'.repeat(Math.max(0, bytes - JSON.stringify(change('')).length)));
};

const welcome: Welcome = { version: 1, serverNow: 0 };
const resumed = (rev: number): ResumeAnswer => ({ change: { audience: 'public', cursor: `${rev}.t`, put: [] } });

/** One pre-framed buffer, written to every socket of a bare `ws` server. */
const bare = (server: Server, { bytes }: Manner): void => {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const ticker = new Ticker(() => {
    const { bytes: frame } = encodeFrame('change', padded(ticker.rev, bytes));
    for (const socket of sockets.clients) (socket as unknown as { _socket: Socket })._socket.write(frame);
  });
  sockets.on('connection', (socket) => {
    const heartbeat = setInterval(() => socket.send('2'), PING_MS);
    socket.once('close', () => clearInterval(heartbeat));
    socket.send('0{"sid":"x","upgrades":[],"pingInterval":60000,"pingTimeout":60000}');
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('40')) {
        socket.send('40{"sid":"x"}');
        socket.send(`42${JSON.stringify(['welcome', welcome])}`);
      }
      const [, number, name] = /^42(\d+)\["(\w+)"/.exec(text) ?? [];
      if (number === undefined) return;
      socket.send(`43${number}${JSON.stringify([name === 'command' ? ticker.commit() : resumed(ticker.rev)])}`);
    });
  });
};

const socketServer = (server: Server): SocketServer =>
  new SocketServer(server, { transports: ['websocket'], perMessageDeflate: false, pingInterval: PING_MS, serveClient: false });

/** The plain way: `io.emit`. */
const emit = (server: Server, { bytes }: Manner): void => {
  const io = socketServer(server);
  const ticker = new Ticker(() => io.emit('change', padded(ticker.rev, bytes)));
  io.on('connection', (socket) => {
    socket.emit('welcome', welcome);
    socket.on('resume', (_request: unknown, answer: (answer: ResumeAnswer) => void) => answer(resumed(ticker.rev)));
    socket.on('command', (_command: SentCommand, answer: (ack: Ack) => void) => answer(ticker.commit()));
  });
};

/** Answers at once and tells nobody: what a command costs that does nothing. */
const trivial = (server: Server): void => {
  let rev = 0;
  socketServer(server).on('connection', (socket) => {
    socket.emit('welcome', welcome);
    socket.on('command', (_command: SentCommand, answer: (ack: Ack) => void) => answer({ ok: true, rev: (rev += 1) }));
  });
};

/** Connects and joins a room, without a word. */
const join = (server: Server): void => {
  socketServer(server).on('connection', (socket) => void socket.join('board'));
};

const MANNERS = { bare, emit, trivial, join, naive: (server: Server, manner: Manner) => naive(socketServer(server), manner) };
export type Reference = keyof typeof MANNERS;

const delay = monitorEventLoopDelay({ resolution: 10 });

const skills = {
  /** @returns the port it listens on */
  listen: async ({ kind, ...manner }: Manner & { readonly kind: Reference }): Promise<number> => {
    const server = createServer();
    await MANNERS[kind](server, manner);
    await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve));
    delay.enable();
    return (server.address() as AddressInfo).port;
  },
  /** Longest and 99th-percentile delay of the event loop since the last look, in ms, the sampling's own 10 ms included. */
  loop: (): { max: number; p99: number } => {
    const seen = { max: delay.max / 1e6, p99: delay.percentile(99) / 1e6 };
    delay.reset();
    return seen;
  },
};
export type ReferenceServer = typeof skills;

serve(skills);
