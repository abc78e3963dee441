/** A line over Socket.IO. Loaded after the page has shown what it brought along; reconnecting is `link.ts`' business. */
import {
  PROTOCOL_VERSION,
  type Bye,
  type ClientMessages,
  type Handshake,
  type OpenAnswer,
  type ResumeAnswer,
  type ServerMessages,
} from '@huddle/shared/protocol.ts';
import type { Socket } from 'socket.io-client';
import type { Dial, LineEvents } from './line.ts';

type Wire = Socket<ServerMessages, ClientMessages>;

/** How long a connection may take to stand, and how long an answer may take, in ms. */
const CONNECT_MS = 8000;
const ANSWER_MS = 8000;

const isBye = (data: unknown): data is Bye => typeof data === 'object' && data !== null && 'code' in data;

const listen = (socket: Wire, events: LineEvents, lost: () => void): void => {
  const hearing =
    <T>(listener: (message: T) => void) =>
    (message: T): void => {
      events.heard();
      listener(message);
    };
  socket.on('welcome', hearing(events.welcome));
  socket.on('change', hearing(events.change));
  socket.on(
    'standing',
    hearing(({ live }: { live: boolean }) => events.standing(live)),
  );
  socket.on('bye', hearing(events.bye));
  // Half-open lines are noticed by Engine.IO itself: no ping for interval + timeout (15 s) ends them (C7).
  socket.io.on('ping', events.heard);
  socket.on('disconnect', lost);
  socket.on('connect_error', (error) => {
    // A node that turns a connection down says why, if it can.
    const data: unknown = 'data' in error ? error.data : undefined;
    if (isBye(data)) events.bye(data);
    lost();
  });
};

/** @param board its slug */
export const dialSocket =
  (board: string): Dial =>
  (events) => {
    let socket: Wire | undefined;
    let over = false;
    const lost = (): void => {
      if (over) return;
      over = true;
      socket?.disconnect();
      events.lost();
    };
    void import('socket.io-client').then(({ io }) => {
      if (over) return;
      const auth: Handshake = { board, version: PROTOCOL_VERSION };
      socket = io({ transports: ['websocket'], forceNew: true, reconnection: false, timeout: CONNECT_MS, auth: { ...auth } });
      listen(socket, events, lost);
    }, lost);

    const ask = async <A>(question: (socket: Wire) => Promise<A>): Promise<A | undefined> => {
      if (over || socket?.connected !== true) return undefined;
      // Rejected when the line is lost or the answer late: the outcome is unknown.
      return question(socket).catch(() => undefined);
    };
    return {
      resume: (cursor) => ask<ResumeAnswer>((wire) => wire.timeout(ANSWER_MS).emitWithAck('resume', { cursor })),
      command: (command) => ask((wire) => wire.timeout(ANSWER_MS).emitWithAck('command', command)),
      open: (audience) => ask<OpenAnswer>((wire) => wire.timeout(ANSWER_MS).emitWithAck('open', { audience })),
      close: (audience) => void socket?.emit('close', { audience }),
      hangUp: () => {
        over = true;
        socket?.disconnect();
      },
    };
  };
