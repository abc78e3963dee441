import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Proxy } from './proxy.ts';
import { seeded } from './random.ts';
import { eventually } from './wait.ts';

let echo: Server;
let proxy: Proxy;

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  proxy = await Proxy.before((echo.address() as AddressInfo).port);
});

afterEach(async () => {
  await proxy.close();
  echo.close();
});

/** Not `once`: a reset is an error first, and that is what is wanted here. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));

const dial = (): Socket => connect(proxy.port, '127.0.0.1').on('error', () => undefined);

test('a proxy carries bytes both ways, and cuts', async () => {
  const socket = dial();
  socket.write('hello');
  expect(String((await once(socket, 'data'))[0])).toBe('hello');
  proxy.cut();
  await closed(socket);
});

test('a proxy cuts in the middle of what is sent back', async () => {
  proxy.down.cutAfter = 3;
  const socket = dial();
  socket.write('hello');
  const received: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => received.push(bytes));
  await closed(socket);
  expect(Buffer.concat(received).toString()).toBe('hel');
});

test('a proxy delays, and refuses', async () => {
  proxy.up.delay = 60;
  const socket = dial();
  const began = performance.now();
  socket.write('late');
  await once(socket, 'data');
  expect(performance.now() - began).toBeGreaterThan(55);
  proxy.refuse = true;
  await closed(dial());
});

/** Sends, and waits until the proxy must have it: a round trip past the proxy takes longer. */
const sent = async (socket: Socket, text: string): Promise<void> => {
  await new Promise((resolve) => socket.write(text, resolve));
  const direct = connect((echo.address() as AddressInfo).port, '127.0.0.1');
  direct.write('ping');
  await once(direct, 'data');
  direct.destroy();
};

test('what is late arrives in order, also when the wire has become fast meanwhile', async () => {
  proxy.up.delay = 500;
  const socket = dial();
  await sent(socket, 'first ');
  proxy.up.delay = 0;
  const received: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => received.push(bytes));
  socket.write('second');
  await eventually('both', () => Buffer.concat(received).length === 12);
  expect(Buffer.concat(received).toString()).toBe('first second');
});

test('a proxy stalls, and then goes on where it stood', async () => {
  const socket = dial();
  socket.write('before');
  expect(String((await once(socket, 'data'))[0])).toBe('before');
  const goOn = proxy.stall();
  const received: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => received.push(bytes));
  await sent(socket, 'first ');
  await sent(socket, 'second');
  expect(received).toEqual([]);
  goOn();
  await eventually('both', () => Buffer.concat(received).length === 12);
  expect(Buffer.concat(received).toString()).toBe('first second');
});

test('a proxy throttles, and swallows what a half-open connection would', async () => {
  proxy.down.throttle = 1000;
  const socket = dial();
  const began = performance.now();
  socket.write('x'.repeat(80));
  await once(socket, 'data');
  expect(performance.now() - began).toBeGreaterThan(70);
  proxy.down.throttle = 0;

  proxy.up.swallow = true;
  await sent(socket, 'lost');
  proxy.up.swallow = false;
  socket.write('seen');
  expect(String((await once(socket, 'data'))[0])).toBe('seen');
});

test('the same seed gives the same run', () => {
  const run = (seed: number) =>
    Array.from(
      { length: 50 },
      (
        (random) => () =>
          random.int(1000)
      )(seeded(seed)),
    );
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});
