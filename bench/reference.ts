/**
 * What we are measured against, as a process of its own: a server without rules or store that speaks as much of our protocol as phones and
 * writers need, and tells every change at our beat – by one pre-framed buffer on bare `ws`, or by Socket.IO's `io.emit`.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Ack, Change, ResumeAnswer, SentCommand, Welcome } from '@huddle/shared/protocol.ts';
import { Server as SocketServer } from 'socket.io';
import { encodeFrame } from '@huddle/server/src/live/frame.ts';
import { WebSocketServer } from 'ws';

export const REFERENCES = ['bare', 'emit'] as const;
export type Reference = (typeof REFERENCES)[number];

const BEAT_MS = 100;
/** Heartbeats as ours, so that connections are kept alive at the same price. */
const PING_MS = 10_000;

/** Counts changes and calls `send` as our feed does: the first at once, then one a beat. */
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
    this.#send();
    this.#timer = setTimeout(() => this.#beat(), BEAT_MS);
  }
}

/** A change as long as ours was, so that both send the same bytes. */
const padded = (rev: number, bytes: number): Change => {
  const change = (pad: string): Change => ({ audience: 'public', cursor: `${rev}.t`, put: [{ id: 'card/pad', title: pad } as never] });
  return change('x'.repeat(Math.max(0, bytes - JSON.stringify(change('')).length)));
};

const welcome: Welcome = { version: 1, serverNow: 0 };
const resumed = (rev: number): ResumeAnswer => ({ change: { audience: 'public', cursor: `${rev}.t`, put: [] } });

const bare = (server: Server, bytes: number): void => {
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

const emit = (server: Server, bytes: number): void => {
  const io = new SocketServer(server, { transports: ['websocket'], perMessageDeflate: false, pingInterval: PING_MS });
  const ticker = new Ticker(() => io.emit('change', padded(ticker.rev, bytes)));
  io.on('connection', (socket) => {
    socket.emit('welcome', welcome);
    socket.on('resume', (_request: unknown, answer: (answer: ResumeAnswer) => void) => answer(resumed(ticker.rev)));
    socket.on('command', (_command: SentCommand, answer: (ack: Ack) => void) => answer(ticker.commit()));
  });
};

const start = (kind: Reference, bytes: number): void => {
  const server = createServer();
  ({ bare, emit })[kind](server, bytes);
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
};

// Run as a process: `reference.ts <kind> <bytes of a change>`. It ends with the one who started it.
if (process.send !== undefined && process.argv[2] !== undefined) {
  process.once('disconnect', () => process.exit(0));
  start(process.argv[2] as Reference, Number(process.argv[3]));
}
