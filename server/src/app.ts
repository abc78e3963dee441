/** A node, put together from its parts: used by `main`, by tests and by rigs. It knows no environment and prints nothing. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { idFrom } from '@huddle/shared/ids.ts';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { Config } from './config.ts';
import { bearerCheck } from './http/admin.ts';
import { readFirstLooks } from './http/built-client.ts';
import { createChallenges } from './http/challenge.ts';
import { createMetrics } from './http/metrics.ts';
import { createOriginPolicy } from './http/origin.ts';
import { createRoutes } from './http/routes.ts';
import { createSessions } from './http/session.ts';
import { createBoards, DEPLOYMENT, type NodeBoards } from './live/boards.ts';
import type { NodeBoard } from './live/served-board.ts';
import { attachSockets, type Sockets } from './live/sockets.ts';
import { createPainter } from './picture/painter.ts';
import { newPrivateKey, pushKeys, Pusher } from './push/pusher.ts';
import { StoreAway, type Store } from './store/store.ts';

export interface AppParts {
  readonly store: Store;
  /** Epoch ms. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly adminToken: string;
  readonly config: Pick<Config, 'origins' | 'publicUrl' | 'pushContact' | 'sessionSecrets' | 'trustProxy'>;
  readonly log: Logger;
  /** Copies the data beside itself and gives the copy's path; absent with Redis. */
  readonly backup?: () => Promise<string>;
  /** The folder of the built client; absent where only API and sockets are served. */
  readonly client?: string;
  /** For tests: push goes to a service in one's own network too, with that certificate. */
  readonly trustedPush?: { readonly ca: string };
}

export interface App {
  readonly server: Server;
  readonly boards: NodeBoards;
  readonly sockets: Sockets;
  readonly pusher: Pusher;
  /** What browsers subscribe to push with, base64url. */
  readonly pushKey: string;
  /** @returns where it listens; port 0 takes a free one @throws what the system says, such as `EADDRINUSE` */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** N7: takes nobody new, tells phones when to come back, and finishes what is under way. The store stays open. */
  close(): Promise<void>;
}

/** How long requests under way may take once the node leaves (N7: 30 s in all). */
const FINISH_MS = 20_000;
/** How often, and for how long, a node that starts asks a store that is away. */
const ASK_AGAIN_MS = 500;
const ASK_FOR_MS = 30_000;

const secretResult = v.object({ value: v.string() });

/** What the question gets once the store answers. @throws StoreAway after 30 s without a store */
const insist = async <T>(question: () => Promise<T>): Promise<T> => {
  for (let asked = 0; ; asked += ASK_AGAIN_MS) {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error;
    }
    if (asked >= ASK_FOR_MS) throw new StoreAway('The store does not answer: start it, or correct REDIS_URL.');
    await after(ASK_AGAIN_MS);
  }
};

/** A secret that is the same on all nodes: the first node's proposal wins. @throws StoreAway */
const sharedSecret = (deployment: NodeBoard, random: AppParts['random'], name: 'session' | 'push', value: string): Promise<string> => {
  const command = { type: 'ensureSecret', name, value, id: idFrom(random(12)) };
  return insist(async () => {
    const ack = await deployment.submit(command, { kind: 'system' });
    if (ack.ok) return v.parse(secretResult, ack.result).value;
    if (ack.code === 'retry') throw new StoreAway('the store does not answer');
    throw new Error(`the ${name} secret was refused: ${ack.code} ${ack.message ?? ''}`);
  });
};

/** Push, with the keys that all nodes share. @throws StoreAway */
const createPusher = async ({ random, config, log, now, trustedPush }: AppParts, deployment: NodeBoard): Promise<Pusher> => {
  const keys = pushKeys(await sharedSecret(deployment, random, 'push', newPrivateKey()));
  const contact = config.pushContact ?? config.publicUrl ?? 'https://huddle.invalid';
  return new Pusher({ keys, contact, log, now, ...(trustedPush === undefined ? {} : { trusted: trustedPush }) });
};

/** 0 ≤ x < 1, for spreading. */
const fraction = (random: AppParts['random']): number => Buffer.from(random(4)).readUInt32BE() / 2 ** 32;

/** @throws StoreAway when the store does not answer within 30 s */
export const createApp = async (parts: AppParts): Promise<App> => {
  const { store, now, random, config, log } = parts;
  const boards = createBoards({ store, log, now });
  const deployment = await insist(() => boards.at(DEPLOYMENT));
  const secrets: readonly [string, ...string[]] = config.sessionSecrets ?? [
    await sharedSecret(deployment, random, 'session', idFrom(random(43))),
  ];
  const pusher = await createPusher(parts, deployment);
  boards.onCommitted((board, steps) => pusher.tell(board, steps));
  const sessions = createSessions({ secrets, epochOf: (person) => deployment.replica.board.get('epoch', person), now, random });
  const isBearer = bearerCheck(parts.adminToken);
  const own = config.publicUrl === undefined ? [] : [config.publicUrl];
  const origins = createOriginPolicy({ origins: [...config.origins, ...own], trustProxy: config.trustProxy, isBearer });
  const metrics = createMetrics(boards.meter);
  const painter = createPainter();
  let staying = true;

  const routes = createRoutes({
    ...{ boards, sessions, origins, isBearer, metrics, log, now, random, painter },
    deployment: deployment.replica,
    challenges: createChallenges({ secrets, now, random }),
    health: () => boards.health,
    ready: () => boards.ready(),
    staying: () => staying,
    publicUrl: config.publicUrl,
    pushKey: pusher.publicKey,
    client: parts.client,
    firstLook: parts.client === undefined ? undefined : await readFirstLooks(parts.client),
    backup: parts.backup,
  });
  const server = createServer(routes);
  const sockets = attachSockets({ server, boards, deployment, sessions, origins, log, now, random: () => fraction(random) });
  metrics.gauge('huddle_push_waiting', 'Messages on their way to push services.', () => pusher.waiting);
  metrics.gauge('huddle_sockets', 'Sockets.', () => sockets.count);
  metrics.gauge('huddle_queue_bytes', 'Bytes that wait to be read by phones.', () => sockets.queued.total);
  metrics.gauge('huddle_queue_largest_bytes', 'Bytes that wait for the phone for which most waits.', () => sockets.queued.largest);

  return {
    server,
    boards,
    sockets,
    pusher,
    pushKey: pusher.publicKey,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve(server.address() as AddressInfo);
        });
      }),
    close: async () => {
      staying = false;
      const insist = setTimeout(() => server.closeAllConnections(), FINISH_MS);
      await sockets.close();
      clearTimeout(insist);
      await Promise.all([boards.close(), painter.close()]);
      await pusher.close();
    },
  };
};
