/** `npm start`: wires a node to its environment, tells people where it is, and leaves in good order. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { destination, pino, stdSerializers, type Logger } from 'pino';
import { createApp, type App, type AppParts } from './app.ts';
import { backupInto } from './backup.ts';
import { BadConfig, environment, readConfig, type Config } from './config.ts';
import { addressesOf, greet, type Greeting } from './greeting.ts';
import { ensureFirstBoard } from './first-board.ts';
import { ensureAdminToken } from './http/admin.ts';
import { openEmbeddedStore } from './store/embedded.ts';
import { openRedisStore } from './store/redis.ts';
import { StoreAway, StoreUnfit, type Store } from './store/store.ts';
import { endingWhenUnfit } from './unfit.ts';

/** The built client; the same way from the sources and from the bundle. */
const CLIENT = fileURLToPath(new URL('../../client/dist', import.meta.url));
/** N7: whatever is not done by then is cut. */
const LEAVE_WITHIN_MS = 28_000;
/** How many boards are named in the terminal at start. */
const GREETED_BOARDS = 5;

const openStore = async (
  { redisUrl: url, data: folder, durability, replicas }: Config,
  log: Logger,
): Promise<Pick<AppParts, 'store' | 'backup'>> => {
  const common = { now: Date.now, log: { warn: (sentence: string) => log.warn(sentence) } };
  if (url !== undefined) return { store: await openRedisStore({ url, durability, replicas, ...common }) };
  const store = await openEmbeddedStore({ folder, ...common });
  return { store, backup: backupInto(store, folder, Date.now) };
};

/** What a person can do about an error of the system, where it is one that people meet. */
const sentenceOf = (error: unknown): string | undefined => {
  if (error instanceof BadConfig || error instanceof StoreUnfit || error instanceof StoreAway) return error.message;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if ('port' in error && error.code === 'EADDRINUSE') {
    return `Port ${String(error.port)} is in use: stop what uses it, or choose another one with PORT.`;
  }
  if ('port' in error && error.code === 'EACCES') {
    return `Port ${String(error.port)} may not be opened by this user: choose one above 1023 with PORT.`;
  }
  if ('syscall' in error && (error.syscall === 'listen' || error.syscall === 'getaddrinfo'))
    return 'HOST is not an address of this machine: correct it or leave it out.';
  if ('path' in error && error.code === 'ENOSPC') return `The disk of ${String(error.path)} is full: make room, then start again.`;
  if ('path' in error) return `${String(error.path)} cannot be used (${String(error.code)}): choose another folder with HUDDLE_DATA.`;
  return undefined;
};

const fail = (error: unknown): never => {
  const sentence = sentenceOf(error);
  console.error(sentence ?? error);
  process.exit(1);
};

/** The first boards, with what their organisers need, and how many there are. */
const boardsToGreet = async (app: App, base: string, log: Logger): Promise<Pick<Greeting, 'boards'> & { listed: number }> => {
  try {
    const listed = await app.boards.list();
    const boards = [];
    // The rest is for `npm run board -- list`: a terminal is no place for thousands, and each would be loaded to know its organiser's key.
    for (const { slug, name } of listed.slice(0, GREETED_BOARDS)) {
      const key = (await app.boards.find(slug))?.stored.self?.organiserKey ?? '';
      boards.push({ name, url: `${base}/b/${slug}`, organiserUrl: `${base}/b/${slug}/organise#${key}` });
    }
    return { boards, listed: listed.length };
  } catch (error) {
    if (!(error instanceof StoreAway)) throw error;
    // Nobody need leave because the store is away just now: the node is listening already, and goes on when the store is back.
    log.warn({ error }, 'the boards cannot be listed just now');
    return { boards: [], listed: 0 };
  }
};

const sayHello = async (app: App, config: Config, port: number, log: Logger): Promise<void> => {
  const addresses = addressesOf(config.host, port, config.publicUrl);
  // The one that a phone can open: what the operator named, else this machine in its network.
  const base = config.publicUrl ?? (addresses[1] ?? addresses[0])?.url ?? '';
  const { boards, listed } = await boardsToGreet(app, base, log);
  const relaxed = app.boards.health.durability === 'relaxed';
  const qr = listed === 1 ? (boards[0]?.url ?? base) : base;
  console.log(greet({ addresses, qr, boards, more: listed - boards.length, relaxed, built: existsSync(join(CLIENT, 'index.html')) }));
};

/** SIGTERM, or Ctrl-C; a second one leaves at once. */
const leaveOnSignal = (app: App, store: Store, log: Logger): void => {
  let leaving = false;
  const leave = async (signal: string): Promise<void> => {
    if (leaving) process.exit(1);
    leaving = true;
    log.info({ signal }, 'leaving');
    setTimeout(() => {
      log.error({}, 'did not finish in time');
      process.exit(1);
    }, LEAVE_WITHIN_MS).unref();
    await app.close();
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leave(signal).catch(fail));
};

const main = async (): Promise<void> => {
  const config = readConfig(environment());
  // An error that is logged without its message and stack would say that something failed, and not what.
  const log = pino({ level: config.logLevel, base: null, serializers: { error: stdSerializers.err } }, destination(2));
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const adminToken = config.adminToken ?? (await ensureAdminToken(config.data, random));
  const opened = await openStore(config, log);
  const store = endingWhenUnfit(opened.store, fail);
  const app = await createApp({ ...opened, store, adminToken, config, log, random, now: Date.now, client: CLIENT });
  leaveOnSignal(app, store, log);
  const refused = config.sample ? await ensureFirstBoard({ boards: app.boards, now: Date.now, random }) : undefined;
  if (refused !== undefined) log.warn(refused, 'the sample week is not complete');
  const { port } = await app.listen(config.port, config.host);
  log.info({ port }, 'listening');
  await sayHello(app, config, port, log);
};

main().catch(fail);
