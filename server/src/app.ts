/** A node, put together from its parts: used by `main`, by tests and by rigs. It knows no environment and prints nothing. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { idFrom } from '@huddle/shared/ids.ts';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { Config } from './config.ts';
import { bearerCheck } from './http/admin.ts';
import { createMetrics } from './http/metrics.ts';
import { createOriginPolicy } from './http/origin.ts';
import { createRoutes } from './http/routes.ts';
import { createSessions } from './http/session.ts';
import { createBoards, DEPLOYMENT, type NodeBoards } from './live/boards.ts';
import { attachSockets, type Sockets } from './live/sockets.ts';
import { createPainter } from './picture/painter.ts';
import { StoreAway, type Store } from './store/store.ts';

export interface AppParts {
  readonly store: Store;
  /** Epoch ms. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly adminToken: string;
  readonly config: Pick<Config, 'origins' | 'publicUrl' | 'sessionSecrets' | 'trustProxy'>;
  readonly log: Logger;
  /** The folder of the built client; absent where only API and sockets are served. */
  readonly client?: string;
}

export interface App {
  readonly server: Server;
  readonly boards: NodeBoards;
  readonly sockets: Sockets;
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

/** The secret that signs sessions, the same on all nodes: the first node's proposal wins. @throws StoreAway after 30 s without a store */
const sharedSecret = async (boards: NodeBoards, random: AppParts['random']): Promise<string> => {
  const command = { type: 'ensureSecret', name: 'session', value: idFrom(random(43)), id: idFrom(random(12)) };
  for (let asked = 0; ; asked += ASK_AGAIN_MS) {
    try {
      const ack = await (await boards.at(DEPLOYMENT)).submit(command, { kind: 'system' });
      if (ack.ok) return v.parse(secretResult, ack.result).value;
      if (ack.code !== 'retry') throw new Error(`the session secret was refused: ${ack.code} ${ack.message ?? ''}`);
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error;
    }
    if (asked >= ASK_FOR_MS) throw new StoreAway('The store does not answer: start it, or correct REDIS_URL.');
    await after(ASK_AGAIN_MS);
  }
};

/** 0 ≤ x < 1, for spreading. */
const fraction = (random: AppParts['random']): number => Buffer.from(random(4)).readUInt32BE() / 2 ** 32;

/** @throws StoreAway when the store does not answer within 30 s */
export const createApp = async (parts: AppParts): Promise<App> => {
  const { store, now, random, config, log } = parts;
  const boards = createBoards({ store, log, now });
  const secrets: readonly [string, ...string[]] = config.sessionSecrets ?? [await sharedSecret(boards, random)];
  const sessions = createSessions({ secrets, now, random });
  const isBearer = bearerCheck(parts.adminToken);
  const own = config.publicUrl === undefined ? [] : [config.publicUrl];
  const origins = createOriginPolicy({ origins: [...config.origins, ...own], trustProxy: config.trustProxy, isBearer });
  const metrics = createMetrics(boards.meter);
  const painter = createPainter();
  let staying = true;

  const routes = createRoutes({
    ...{ boards, sessions, origins, isBearer, metrics, log, now, random, painter },
    health: () => boards.health,
    ready: () => boards.ready(),
    staying: () => staying,
    publicUrl: config.publicUrl,
    client: parts.client,
  });
  const server = createServer(routes);
  const sockets = attachSockets({ server, boards, sessions, origins, log, now, random: () => fraction(random) });
  metrics.gauge('huddle_sockets', 'Sockets.', () => sockets.count);

  return {
    server,
    boards,
    sockets,
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
    },
  };
};
