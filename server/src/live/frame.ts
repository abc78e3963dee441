/**
 * Writing one pre-framed buffer to many sockets (N3). The only file that knows the inside of Socket.IO, Engine.IO and ws; `frame.test.ts` is
 * the canary that says when an update of theirs breaks it. Formats: Engine.IO 4 and Socket.IO 5 protocols; RFC 6455 §5.2.
 */
import type { Socket } from 'node:net';
import type { ServerMessages } from '@huddle/shared/protocol.ts';
import type { Socket as Connection } from 'socket.io';

/** A message encoded once for all: as bytes on the wire, and as itself for connections that need the long way. */
export interface Frame<M extends keyof ServerMessages = keyof ServerMessages> {
  readonly bytes: Buffer;
  readonly message: M;
  readonly payload: Parameters<ServerMessages[M]>[0];
}

/** Engine.IO "message" and Socket.IO "event" on the default namespace. */
const PREFIX = '42';

/** An unmasked, final text frame (RFC 6455 §5.2). */
const webSocketFrame = (text: string): Buffer => {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x81;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
};

export const encodeFrame = <M extends keyof ServerMessages>(message: M, payload: Parameters<ServerMessages[M]>[0]): Frame<M> => ({
  bytes: webSocketFrame(PREFIX + JSON.stringify([message, payload])),
  message,
  payload,
});

/** What this file relies on inside the libraries. */
interface Inside {
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: { readonly readyState: number; readonly _socket?: Socket | null };
  };
}

const OPEN = 1;

/** The TCP socket of a connection whose own queue is empty, so that nothing can be overtaken; undefined otherwise. */
const shortWay = (connection: Connection): Socket | undefined => {
  const inside = connection.conn as unknown as Inside;
  if (!connection.connected || inside.readyState !== 'open' || inside.writeBuffer.length > 0) return undefined;
  if (inside.transport.name !== 'websocket' || !inside.transport.writable) return undefined;
  const ws = inside.transport.socket;
  return ws?.readyState === OPEN ? (ws._socket ?? undefined) : undefined;
};

/** Sends the frame, the short way where that is safe. Returns whether it was. */
export const sendFrame = (connection: Connection, frame: Frame): boolean => {
  const socket = shortWay(connection);
  if (socket === undefined) {
    connection.emit(frame.message, frame.payload);
    return false;
  }
  socket.write(frame.bytes);
  return true;
};

/** What waits to be read by the other side: bytes handed to the system's queue, and packets that are not even there yet. */
export const waiting = (connection: Connection): { readonly bytes: number; readonly packets: number } => {
  const inside = connection.conn as unknown as Inside;
  return { bytes: inside.transport.socket?._socket?.writableLength ?? 0, packets: inside.writeBuffer.length };
};

/** Calls `drained` once, when nothing waits any more. */
export const whenDrained = (connection: Connection, drained: () => void): void => {
  const inside = connection.conn as unknown as Inside;
  const socket = inside.transport.socket?._socket;
  if (!socket || socket.writableLength === 0) setImmediate(drained);
  else socket.once('drain', drained);
};
