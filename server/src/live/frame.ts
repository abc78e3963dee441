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
interface Engine {
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: Transport;
}
interface Transport {
  readonly name: string;
  readonly writable: boolean;
  readonly socket?: WebSocket;
}
interface WebSocket {
  readonly readyState: number;
  readonly _socket?: Socket | null;
}

const OPEN = 1;

const FORGOTTEN = Object.freeze({});
const NO_HEADERS: string[] = [];

/**
 * Lets go of the request and the handshake with which somebody came, once both have been read: nobody asks again, and they are kept for as long as
 * the connection is (P6). Engine.IO itself keeps hold of the request; what is large of it are its headers.
 */
export const forgetRequest = (connection: Connection): void => {
  const { conn } = connection as unknown as { readonly conn: { request: { headers: object; rawHeaders: string[] } | null } };
  if (conn.request !== null) {
    conn.request.headers = FORGOTTEN;
    conn.request.rawHeaders = NO_HEADERS;
  }
  conn.request = null;
  (connection as { handshake: object }).handshake = FORGOTTEN;
};

/** One phone's line: its parts are looked up once, because reaching through five objects costs more than the frame does. */
export class Line {
  readonly #connection: Connection;
  readonly #engine: Engine;
  readonly #transport: Transport;
  readonly #ws: WebSocket | undefined;
  readonly #tcp: Socket | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#engine = connection.conn as unknown as Engine;
    this.#transport = this.#engine.transport;
    this.#ws = this.#transport.name === 'websocket' ? this.#transport.socket : undefined;
    this.#tcp = this.#ws?._socket ?? undefined;
  }

  /** Bytes that wait for the other side to read, once it has left the system's buffers full. */
  get waitingBytes(): number {
    return this.#tcp?.writableLength ?? 0;
  }

  /** Packets of the library's own that have not even been written. */
  get waitingPackets(): number {
    return this.#engine.writeBuffer.length;
  }

  /** Sends the frame, the short way where that is safe. Returns whether it was. */
  send(frame: Frame): boolean {
    const tcp = this.#tcp;
    if (tcp === undefined || !this.#isIdle) {
      this.#connection.emit(frame.message, frame.payload);
      return false;
    }
    tcp.write(frame.bytes);
    return true;
  }

  /** Calls `drained` once, when nothing waits any more. */
  whenDrained(drained: () => void): void {
    if (this.#tcp === undefined || this.waitingBytes === 0) setImmediate(drained);
    else this.#tcp.once('drain', drained);
  }

  /** Its own queue is empty and it is open, so that nothing can be overtaken. */
  get #isIdle(): boolean {
    const engine = this.#engine;
    return (
      this.#ws?.readyState === OPEN &&
      this.#transport.writable &&
      engine.writeBuffer.length === 0 &&
      engine.readyState === 'open' &&
      this.#connection.connected
    );
  }
}
