/** X3: frames that nobody honest sends, thrown at a node from many connections, while a bystander goes on. */
import { connect, type Socket } from 'node:net';
import { PROTOCOL_VERSION } from '@huddle/shared/protocol.ts';
import { WebSocket } from 'ws';
import { hostileBytes, hostileFrame, hostileRequest } from './hostile.ts';
import type { Session } from './http.ts';
import { connectPacket } from './packet.ts';
import { seeded, type Random } from './random.ts';

export interface FuzzOptions {
  readonly url: string;
  readonly board: string;
  /** The same seed throws the same frames, connection by connection. */
  readonly seed: number;
  /** How many frames to throw. */
  readonly frames: number;
  /** Of the attackers, taken in turn; without a session a command does not get past the door. */
  readonly sessions: readonly Session[];
  /** Called after each connection with the frames thrown so far. */
  readonly onProgress?: (thrown: number) => void;
}

/** What was thrown. How many connections it takes depends on when frames are read: nothing to be asserted. */
export interface FuzzReport {
  frames: number;
  connections: number;
  requests: number;
}

/** How many attack at once. */
const AT_ONCE = 8;
/** Frames on one connection before the next is opened: about as many as it takes until one ends it. */
const EACH = 60;
/** Frames between two questions: little is thrown at a connection that has ended already. */
const VOLLEY = 10;
/** How long an attacker waits for a sign that all has been read, before it goes all the same. */
const PATIENCE_MS = 1000;
/** The same for a request: many are not finished, and nobody will ever answer. */
const HASTE_MS = 250;
/** A frame far above what a packet may be. */
const HUGE = 10 * 1024 * 1024;
const PROBE = 777_777;
/** Of how many connections one is followed by a request over HTTP. */
const PESTER = 4;

const isOpen = ({ readyState }: WebSocket): boolean => readyState === WebSocket.OPEN;

const settled = (promise: Promise<unknown>, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void promise.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Sends a question and waits for its answer, or for the end of the connection. */
const answered = (socket: WebSocket, question: string, answer: string): Promise<void> =>
  settled(
    new Promise((resolve) => {
      if (!isOpen(socket)) resolve(undefined);
      socket.once('close', resolve);
      const hear = (data: Buffer): void => {
        if (!data.toString().startsWith(answer)) return;
        socket.off('message', hear);
        resolve(undefined);
      };
      socket.on('message', hear);
      socket.send(question, () => undefined);
    }),
    PATIENCE_MS,
  );

/** As attackers leave: politely, at once, or with a connection that is closed on one side only. */
const leave = (socket: WebSocket, tcp: Socket, random: Random): void => {
  const half = random.int(3);
  if (half === 0) socket.close();
  else if (half === 1) tcp.end();
  else socket.terminate();
  setTimeout(() => socket.terminate(), PATIENCE_MS).unref();
};

/** One connection: it arrives like a phone, throws its frames, and leaves. Gives how many it threw. */
const attack = async ({ url, board, sessions }: FuzzOptions, random: Random, frames: number): Promise<number> => {
  const session = random.chance(0.9) ? random.pick(sessions) : undefined;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    origin: url,
    perMessageDeflate: false,
    ...(session === undefined ? {} : { headers: { cookie: session.cookie } }),
  });
  socket.on('error', () => undefined);
  let tcp: Socket | undefined;
  socket.once('upgrade', (answer) => (tcp = answer.socket));
  await settled(
    new Promise((resolve) => {
      socket.once('open', resolve);
      socket.once('close', resolve);
    }),
    10_000,
  );
  if (tcp === undefined || !isOpen(socket)) {
    socket.terminate();
    return 0;
  }
  // Now and then nobody says who is there, or goes on before being let in: both are hung up on soon.
  if (random.chance(0.97)) await answered(socket, connectPacket({ board, version: PROTOCOL_VERSION }), '42["welcome"');
  if (random.chance(0.95)) socket.send('420["resume",{}]');
  let thrown = 0;
  for (; thrown < frames && isOpen(socket); thrown += VOLLEY) {
    for (let count = 0; count < VOLLEY; count += 1) socket.send(hostileFrame(random), () => undefined);
    // Answered, everything before it has been read.
    await answered(socket, `42${PROBE}["open",{"audience":"organiser"}]`, `43${PROBE}`);
  }
  if (random.chance(0.05)) tcp.write(hostileBytes(random), () => undefined);
  leave(socket, tcp, random);
  return thrown;
};

/** One request over HTTP, whatever becomes of it. */
const pester = ({ url, board }: FuzzOptions, random: Random): Promise<void> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.write(hostileRequest(random, board, url));
  if (random.chance(0.5)) socket.end();
  return settled(new Promise((resolve) => socket.once('close', resolve)), HASTE_MS).finally(() => socket.destroy());
};

/** A text and a binary frame of 10 MB each. */
const throwHuge = async ({ url }: FuzzOptions): Promise<void> => {
  for (const payload of ['4'.repeat(HUGE), Buffer.alloc(HUGE)]) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { origin: url });
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send(payload, () => undefined));
    await settled(closed, 10_000);
    socket.terminate();
  }
};

/** Throws them all. Resolves once every attacker has left. */
export const fuzz = async (options: FuzzOptions): Promise<FuzzReport> => {
  const report: FuzzReport = { frames: 0, connections: 0, requests: 0 };
  const attacker = async (): Promise<void> => {
    while (report.frames < options.frames) {
      report.connections += 1;
      // A source of its own, so that what a connection throws does not depend on how the others fare.
      const random = seeded(options.seed + report.connections);
      const pesters = report.connections % PESTER === 0;
      const thrown = await attack(options, random, EACH);
      report.frames += thrown;
      if (pesters) {
        report.requests += 1;
        await pester(options, random);
      }
      options.onProgress?.(report.frames);
    }
  };
  await Promise.all([throwHuge(options), ...Array.from({ length: AT_ONCE }, attacker)]);
  return report;
};
