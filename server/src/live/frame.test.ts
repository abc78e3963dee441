/** The canary: says when an update of Socket.IO, Engine.IO or ws changes what `frame.ts` relies on. */
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { encodeFrame, forgetRequest, type Frame, Line } from './frame.ts';

let http: HttpServer;
let io: Server;
let phone: WebSocket;
let connection: Socket;
let line: Line;
const sendFrame = (frame: Frame): boolean => line.send(frame);
const received: string[] = [];

beforeEach(async () => {
  received.length = 0;
  http = createServer();
  io = new Server(http, { transports: ['websocket'] });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const connected = new Promise<Socket>((resolve) => io.once('connection', resolve));
  phone = new WebSocket(`ws://127.0.0.1:${String((http.address() as AddressInfo).port)}/socket.io/?EIO=4&transport=websocket`);
  phone.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    if (text.startsWith('0')) phone.send('40');
    if (text.startsWith('42')) received.push(text);
  });
  connection = await connected;
  line = new Line(connection);
});

afterEach(async () => {
  phone.terminate();
  await io.close();
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => phone.once('message', resolve));
};

const change = (text: string) => ({
  audience: 'public' as const,
  put: [{ id: 'board/x' as const, name: text, zone: 'UTC', from: '', to: '' }],
});

it.each([1, 60, 120, 126, 200, 65_400, 70_000])(
  'N3: a frame of about %i bytes goes the short way and arrives as Socket.IO would send it',
  async (size) => {
    const payload = change('é'.repeat(size / 2));
    // Right after the handshake the library may still be writing; the short way is for a queue that is empty.
    connection.emit('ready');
    await until(() => received.length === 1);
    expect(sendFrame(encodeFrame('change', payload))).toBe(true);
    await until(() => received.length === 2);
    expect(received[1]).toBe(`42${JSON.stringify(['change', payload])}`);
  },
);

it('P6: what a phone came with is let go of, and both ways to it go on as before', async () => {
  forgetRequest(connection);
  expect(connection.request).toBeNull();
  connection.emit('change', change('long'));
  await until(() => received.length === 1);
  expect(sendFrame(encodeFrame('change', change('short')))).toBe(true);
  await until(() => received.length === 2);
  const gone = new Promise((resolve) => connection.once('disconnect', resolve));
  phone.terminate();
  await gone;
});

it('N3: keeps the order with what the library itself sends', async () => {
  for (let turn = 0; turn < 50; turn += 1) {
    if (turn % 3 === 0) connection.emit('change', change(String(turn)));
    else sendFrame(encodeFrame('change', change(String(turn))));
  }
  await until(() => received.length === 50);
  const names = received.map((text) => (JSON.parse(text.slice(2)) as [string, ReturnType<typeof change>])[1].put[0]?.name);
  expect(names).toEqual(Array.from({ length: 50 }, (_, turn) => String(turn)));
});

it('N3: takes the long way when the library’s own queue is not empty, and none when the phone is gone', async () => {
  connection.emit('change', change('first'));
  connection.emit('change', change('second'));
  expect(line.waitingPackets).toBeGreaterThan(0);
  expect(sendFrame(encodeFrame('change', change('third')))).toBe(false);
  const gone = new Promise((resolve) => connection.once('disconnect', resolve));
  phone.terminate();
  await gone;
  expect(sendFrame(encodeFrame('change', change('late')))).toBe(false);
});
