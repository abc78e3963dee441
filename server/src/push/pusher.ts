/**
 * What leaves the house (B8): messages to push services, after the commit, by the node that made it – at most once. What a service does
 * not take is lost, and stands in the person's inbox all the same; a subscription that it calls dead is dropped.
 */
import { createECDH } from 'node:crypto';
import { Agent, request } from 'node:https';
import { HOUR, MINUTE } from '@huddle/shared/time.ts';
import webpush from 'web-push';
import { type Push, pushesOf } from '../board/push.ts';
import type { Step } from '../board/views.ts';
import type { NodeBoard } from '../live/served-board.ts';
import type { Log } from '../live/log.ts';
import { lookupPublic, mayBePushService, NoPushService } from './address.ts';

/** Messages that may wait; the surplus is dropped, so that nothing queues without bound. */
const QUEUE = 20_000;
/** Messages on their way at once. */
const AT_ONCE = 20;
/** A push service that takes longer is given up. */
const TIMEOUT_MS = 10_000;
/** How long a node that leaves still sends what waits. */
const LEAVE_MS = 5000;

export interface PushKeys {
  /** base64url, uncompressed P-256: what browsers subscribe with. */
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A new private key, base64url. */
export const newPrivateKey = (): string => {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  // 43 characters: a key that begins with zeros is written in full.
  return Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
    .subarray(-32)
    .toString('base64url');
};

/** The pair of a private key. @param privateKey base64url, 32 bytes */
export const pushKeys = (privateKey: string): PushKeys => {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return { privateKey, publicKey: pair.getPublicKey('base64url') };
};

export interface PusherParts {
  readonly keys: PushKeys;
  /** Whom a push service may write to: `mailto:` or `https:` (RFC 8292). */
  readonly contact: string;
  readonly log: Log;
  /** Epoch ms. */
  now(): number;
  /** For tests: a push service in one's own network, with that certificate. */
  readonly trusted?: { readonly ca: string };
}

interface Waiting {
  readonly board: NodeBoard;
  readonly push: Push;
}

/** How long (s) a service keeps a message for a phone that is off: what begins soon is no news an hour later. */
const lifeOf = ({ message: { kind, start } }: Push, now: number): number => {
  const life = kind === 'soon' && start !== undefined ? start - now : 4 * HOUR;
  return Math.ceil(Math.max(MINUTE, life) / 1000);
};

export class Pusher {
  readonly #parts: PusherParts;
  readonly #agent: Agent;
  #queue: Waiting[] = [];
  #sending = 0;
  #idle: (() => void)[] = [];
  /** Sent, refused by the service, and dropped for want of room, since the start. */
  readonly counts = { sent: 0, failed: 0, dropped: 0 };

  constructor(parts: PusherParts) {
    this.#parts = parts;
    const where = parts.trusted === undefined ? { lookup: lookupPublic as never } : parts.trusted;
    this.#agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, ...where });
  }

  get publicKey(): string {
    return this.#parts.keys.publicKey;
  }

  get waiting(): number {
    return this.#queue.length + this.#sending;
  }

  /** Takes what a commit of this node tells people. Never throws, and does not wait. */
  tell(board: NodeBoard, steps: readonly Step[]): void {
    const pushes = pushesOf(board.replica.board, steps, this.#parts.now());
    const room = Math.max(0, QUEUE - this.#queue.length);
    if (pushes.length > room) {
      this.counts.dropped += pushes.length - room;
      this.#parts.log.warn(
        { board: board.slug, surplus: pushes.length - room },
        'too much to push at once: the surplus is in the inbox alone',
      );
    }
    this.#queue.push(...pushes.slice(0, room).map((push) => ({ board, push })));
    this.#next();
  }

  /** Resolves when nothing waits any more. */
  idle(): Promise<void> {
    return this.waiting === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Sends what waits, for a moment (N7). */
  async close(): Promise<void> {
    const { promise, stop } = within(LEAVE_MS);
    await Promise.race([this.idle(), promise]);
    stop();
    this.#queue = [];
    this.#agent.destroy();
  }

  #next(): void {
    while (this.#sending < AT_ONCE) {
      const waiting = this.#queue.shift();
      if (waiting === undefined) break;
      this.#sending += 1;
      void this.#send(waiting).finally(() => {
        this.#sending -= 1;
        this.#next();
      });
    }
    if (this.waiting === 0) for (const idle of this.#idle.splice(0)) idle();
  }

  async #send({ board, push }: Waiting): Promise<void> {
    const status = await this.#post(push).catch((error: unknown) => {
      this.#parts.log.warn({ board: board.slug, host: hostOf(push.to.endpoint), error }, 'a push service did not answer');
      return error instanceof NoPushService ? 410 : 0;
    });
    if (status >= 200 && status < 300) this.counts.sent += 1;
    else this.counts.failed += 1;
    if (status === 404 || status === 410) await this.#drop(board, push);
  }

  /** @returns the status of the answer; 410 where there can be no push service @throws what the connection says */
  async #post(push: Push): Promise<number> {
    const { keys, contact, trusted } = this.#parts;
    const { endpoint, p256dh, auth } = push.to;
    if (trusted === undefined && !mayBePushService(endpoint)) return 410;
    const { method, headers, body } = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(push.message), {
      vapidDetails: { subject: contact, ...keys },
      contentEncoding: 'aes128gcm',
      TTL: lifeOf(push, this.#parts.now()),
      urgency: 'high',
    });
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const sent = request(endpoint, { method, headers: { ...headers }, agent: this.#agent, signal }, (response) => {
        // What it says beyond the status is nobody's business, and may be without end.
        response.on('error', () => undefined).resume();
        setTimeout(() => response.destroy(), 1000).unref();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject).end(body);
    });
  }

  async #drop(board: NodeBoard, { to }: Push): Promise<void> {
    const [person = '', device = ''] = to.id.slice('push/'.length).split(':');
    const id = `dropPush.${device}.${to.rev.toString(36)}`;
    await board.submit({ type: 'dropPush', person, device, endpoint: to.endpoint, id }, { kind: 'system' });
  }
}

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : '');

const within = (ms: number): { promise: Promise<void>; stop: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { promise, stop: () => clearTimeout(timer) };
};
