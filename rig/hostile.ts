/**
 * What nobody honest sends: texts that break readers, values that break parsers, frames that break Engine.IO and Socket.IO. Seeded, so that the
 * same seed gives the same frames.
 */
import { COMMANDS, PROTOCOL_VERSION } from '@huddle/shared/protocol.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';
import { connectPacket } from './packet.ts';
import type { Random } from './random.ts';

/** In frames, also nothing at all, and more than anything may be. */
const FRAME_TEXTS: readonly string[] = [...HOSTILE_TEXTS, '', ' ', `Z${'\u0301'.repeat(3000)}`, 'A'.repeat(70_000), '𝕬'.repeat(5000)];

const KEYS: readonly string[] = [
  'id',
  'type',
  'gathering',
  'audience',
  'cursor',
  'title',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'length',
  'then',
  'toJSON',
];
const TYPES = Object.keys(COMMANDS);
const EVENTS: readonly string[] = ['command', 'resume', 'open', 'close', 'welcome', 'change', 'constructor', '__proto__', ''];
/** Of Socket.IO itself: whoever sends these is hung up on. */
const RESERVED: readonly string[] = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
const NUMBERS: readonly string[] = [
  '0',
  '-0',
  '-1',
  '1e308',
  '1e999',
  '-1e999',
  '0.1',
  '9007199254740993',
  '2147483648',
  '4294967296',
  '1E400',
];

/** A value of any kind as JSON text. Text and not a value, because `__proto__` and 1e999 do not survive being one. */
export const hostileJson = (random: Random, depth = 3): string => {
  switch (random.int(depth > 0 ? 8 : 5)) {
    case 0:
      return random.pick(NUMBERS);
    case 1:
      return random.pick(['null', 'true', 'false']);
    case 2:
    case 3:
      return JSON.stringify(random.pick(FRAME_TEXTS).slice(0, random.chance(0.02) ? undefined : 60));
    case 4:
      return JSON.stringify(random.id());
    case 5:
      return `[${Array.from({ length: random.int(4) }, () => hostileJson(random, depth - 1)).join(',')}]`;
    case 6:
      return `{"_placeholder":true,"num":${random.pick(NUMBERS)}}`;
    default:
      return `{${Array.from({ length: random.int(4) }, () => `"${random.pick(KEYS)}":${hostileJson(random, depth - 1)}`).join(',')}}`;
  }
};

/** A command that has the right form here and there. */
const commandJson = (random: Random): string => {
  const fields = Array.from({ length: random.int(5) }, () => `,"${random.pick(KEYS)}":${hostileJson(random, 2)}`).join('');
  const type = random.chance(0.9) ? random.pick(TYPES) : random.pick(FRAME_TEXTS).slice(0, 60);
  return `{"id":"${random.id()}","type":${JSON.stringify(type)}${fields}}`;
};

/** In the right form; {@link mangled} takes care of the others, which end the connection. */
const ackNumber = (random: Random): string => random.pick(['', String(random.int(1000)), '0', '00', '9007199254740993', '9'.repeat(400)]);

const event = (random: Random): string => {
  const name = random.chance(0.01) ? random.pick(RESERVED) : random.pick(EVENTS);
  return `42${ackNumber(random)}[${JSON.stringify(name)},${random.chance(0.5) ? commandJson(random) : hostileJson(random)}]`;
};

/** Nested deeper than anyone can read, yet below what one packet may be. */
const deep = (random: Random): string => {
  const levels = 1 + random.int(14_000);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const);
  return `42${ackNumber(random)}["command",${open.repeat(levels)}1${close.repeat(random.chance(0.5) ? levels : levels - 1)}]`;
};

/** An honest beginning that something happened to. */
const mangled = (random: Random): string => {
  const text = event(random);
  const at = random.int(text.length);
  switch (random.int(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(at);
    case 2:
      return text.slice(0, at) + random.pick(FRAME_TEXTS).slice(0, 20) + text.slice(at);
    default:
      return text + text;
  }
};

const NAMESPACES: readonly string[] = ['/admin', '/__proto__', '/', '//', '/b/_', '/\u0000', `/${'n'.repeat(500)}`, '/?a=b'];

/** Packets of Socket.IO and Engine.IO that are not to be expected here. */
const oddPacket = (random: Random): string | Buffer => {
  const space = random.pick(NAMESPACES);
  switch (random.int(9)) {
    case 0:
      return `40${space},${hostileJson(random)}`;
    case 1:
      return `42${space},${ackNumber(random)}["command",${commandJson(random)}]`;
    case 2:
      return `43${ackNumber(random)}[${hostileJson(random)}]`;
    case 3:
      return `44${hostileJson(random)}`;
    case 4:
      // Binary events and acks that announce attachments which come, or never do.
      return `4${random.pick(['5', '6'])}${random.pick(['1', '0', '-1', '10', '99999999', 'x'])}-${ackNumber(random)}["command",{"_placeholder":true,"num":${random.pick(NUMBERS)}}]`;
    case 5:
      return Buffer.from(Array.from({ length: random.int(64) }, () => random.int(256)));
    case 6:
      return random.pick(['', '2', '3', '5', '6', '2probe', '3probe', '1', '0{}', '7', '9', 'b', 'bAAAA', '4', '47', '49', '\u0000']);
    case 7:
      return connectPacket({ board: random.pick(['_', '__proto__', '', random.id()]), version: random.pick([PROTOCOL_VERSION, 0]) });
    default:
      return random.pick(FRAME_TEXTS);
  }
};

/** One frame, as a text message or (Buffer) a binary one. Most leave the connection standing, so that the next is read too. */
export const hostileFrame = (random: Random): string | Buffer => {
  const dice = random.next();
  if (dice < 0.002) return deep(random);
  if (dice < 0.012) return mangled(random);
  if (dice < 0.025) return oddPacket(random);
  return event(random);
};

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'G\u0000T', ''];
const MEDIA: readonly string[] = ['application/json', 'application/json; charset=utf-7', 'text/csv', 'multipart/form-data', '*/*', ''];
const ENCODINGS: readonly string[] = ['identity', 'gzip', 'br', 'deflate', 'x', ''];

/** `encodeURIComponent` throws at halves of characters. */
const inPath = (random: Random): string =>
  encodeURIComponent(
    random
      .pick(FRAME_TEXTS)
      .slice(0, 40)
      .replaceAll(/\p{Cs}/gu, ''),
  );

const path = (random: Random, board: string): string =>
  random.pick([
    `/api/boards/${board}/commands`,
    `/api/boards/${board}`,
    '/api/session',
    `/api/boards/${board}/import?format=csv`,
    `/api/boards/${board}/gatherings/${inPath(random)}`,
    `/b/${board}/g/%ff%fe`,
    `/b/${inPath(random)}`,
    '/socket.io/?EIO=4&transport=polling',
    `/socket.io/?EIO=${random.pick(NUMBERS)}&transport=websocket&sid=${random.id()}`,
    '/socket.io/?EIO=4&transport=__proto__',
    '//',
    '/..%2f..%2fetc/passwd',
    '*',
    'http://[',
  ]);

/** A request as no client writes it, as bytes. `origin`: the node's own, so that it gets past the door more often than not. */
export const hostileRequest = (random: Random, board: string, origin: string): Buffer => {
  const body = random.chance(0.5) ? commandJson(random) : hostileJson(random, 4);
  const length = random.chance(0.8) ? String(Buffer.byteLength(body)) : random.pick(NUMBERS);
  const head = [
    `${random.pick(METHODS)} ${path(random, board)} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...(random.chance(0.7) ? [`Origin: ${origin}`] : []),
    `Content-Type: ${random.pick(MEDIA)}`,
    `Content-Encoding: ${random.pick(ENCODINGS)}`,
    ...(random.chance(0.1) ? ['Transfer-Encoding: chunked'] : [`Content-Length: ${length}`]),
    ...(random.chance(0.1)
      ? [
          `Cookie: huddle_session=${random
            .pick(FRAME_TEXTS)
            .slice(0, 200)
            .replaceAll(/[\r\n]/g, '')}`,
        ]
      : []),
    ...(random.chance(0.02) ? [`X-Long: ${'x'.repeat(20_000)}`] : []),
    ...(random.chance(0.1) ? ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${random.id()}`] : ['Connection: close']),
  ];
  return Buffer.from(`${head.join(random.chance(0.98) ? '\r\n' : '\n')}\r\n\r\n${body}`);
};

/** Bytes below the messages: frames of a websocket (RFC 6455 §5.2) that are none. */
export const hostileBytes = (random: Random): Buffer => {
  const noise = Buffer.from(Array.from({ length: random.int(40) }, () => random.int(256)));
  return random.pick([
    noise,
    Buffer.from([0x81, 0x05, ...Buffer.from('hello')]), // not masked
    Buffer.from([0xf1, 0x80, 0, 0, 0, 0]), // reserved bits
    Buffer.from([0x83, 0x80, 0, 0, 0, 0]), // an unknown kind
    Buffer.from([0x80, 0x80, 0, 0, 0, 0]), // goes on with nothing
    Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]), // longer than anything
    Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0xa0, 0, 0, 0, 0, 0, 0]), // 10 MB to come
    Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x34]), // a beginning without an end
    Buffer.from([0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]), // a ping that is too long
    Buffer.from([0x88, 0x81, 0, 0, 0, 0, 0x03]), // half a reason to close
    Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]), // no UTF-8
  ]);
};
