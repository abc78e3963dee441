/** A whole deployment for a test: nodes over one Redis, or one node with its own store, and a board made as an administrator makes it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ack, CommandInput } from '@huddle/shared/protocol.ts';
import { freshId, guest, post, withId, type Session } from './http.ts';
import { ServerNode, type NodeOptions } from './node.ts';
import { Phone, type PhoneOptions } from './phone.ts';
import { eventually } from './wait.ts';
import { startRedis, type RedisServer, type RedisSettings } from './redis.ts';

/** A board as its organisers know it. */
export interface TestBoard {
  readonly slug: string;
  readonly organiserKey: string;
}

/** A person with a session that is good on every node, and a phone that is connected. */
export interface Attendee {
  readonly session: Session;
  readonly phone: Phone;
  readonly id: string;
  readonly name: string;
}

export const HOUR = 3_600_000;

/** A gathering that begins in an hour. */
export const gathering = (id: string, fields: Partial<Extract<CommandInput, { type: 'postGathering' }>> = {}): CommandInput => ({
  type: 'postGathering',
  gathering: id,
  title: 'Corner meeting',
  kind: 'corner',
  place: 'Coffee bar',
  start: Date.now() + HOUR,
  end: Date.now() + 2 * HOUR,
  ...fields,
});

/** The ack, where it is good. @throws with the refusal */
export const accepted = (ack: Ack): Extract<Ack, { ok: true }> => {
  if (!ack.ok) throw new Error(`refused: ${JSON.stringify(ack)}`);
  return ack;
};

export class Deployment {
  readonly nodes: ServerNode[] = [];
  readonly redis: RedisServer | undefined;
  readonly adminToken = randomBytes(24).toString('base64url');
  #folders: string[] = [];
  #env: Readonly<Record<string, string>>;

  private constructor(redis: RedisServer | undefined, env: Readonly<Record<string, string>>) {
    this.redis = redis;
    this.#env = env;
  }

  /** `nodes` over a Redis of their own. */
  static async overRedis(nodes = 2, env: Readonly<Record<string, string>> = {}, settings: RedisSettings = {}): Promise<Deployment> {
    const deployment = new Deployment(await startRedis(settings), env);
    return deployment.#grow(nodes);
  }

  /** No nodes yet: they are added one by one, each with what it needs. */
  static bare(): Deployment {
    return new Deployment(undefined, {});
  }

  /** One node with the embedded store. */
  static embedded(env: Readonly<Record<string, string>> = {}): Promise<Deployment> {
    return new Deployment(undefined, env).#grow(1);
  }

  async #grow(nodes: number): Promise<Deployment> {
    try {
      for (let index = 0; index < nodes; index += 1) await this.addNode();
      return this;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** @param more settings of this node alone; another program to run, another way to Redis */
  async addNode(
    env: Readonly<Record<string, string>> = {},
    more: Partial<Pick<NodeOptions, 'program' | 'redisUrl' | 'data'>> = {},
  ): Promise<ServerNode> {
    const data = more.data ?? (await mkdtemp(join(tmpdir(), 'huddle-node-')));
    this.#folders.push(data);
    const redisUrl = this.redis?.url;
    const node = await ServerNode.start({
      adminToken: this.adminToken,
      ...(redisUrl === undefined ? {} : { redisUrl }),
      ...more,
      data,
      env: { ...this.#env, ...env },
    });
    this.nodes.push(node);
    return node;
  }

  /** The url of one node; they are equal. */
  url(index = 0): string {
    const node = this.nodes[index % this.nodes.length];
    if (node === undefined) throw new Error('no nodes');
    return node.url;
  }

  /** A command of the administrator. */
  async admin(board: string, command: CommandInput): Promise<Extract<Ack, { ok: true }>> {
    return accepted(await post(this.url(), board, withId(command), { token: this.adminToken }));
  }

  /** A board of three days from today, made and listed as its administrator does it. */
  async board({ name = 'Harbour Meetup', zone = 'Asia/Hong_Kong' } = {}): Promise<TestBoard> {
    const slug = `meetup-${freshId()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')}`;
    return this.boardAt(slug, { name, zone });
  }

  /** As {@link board}, at a given address. */
  async boardAt(slug: string, { name = 'Harbour Meetup', zone = 'Asia/Hong_Kong' } = {}): Promise<TestBoard> {
    const day = (offset: number): string => new Date(Date.now() + offset * 24 * HOUR).toISOString().slice(0, 10);
    const made = async (): Promise<Ack | undefined> => {
      const answer = await fetch(`${this.url()}/api/boards/${slug}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.adminToken}` },
        body: JSON.stringify({ name, zone, from: day(0), to: day(2) }),
      });
      const ack = (await answer.json()) as Ack;
      // A store on a machine that is busy with other things may be asked again.
      return !ack.ok && ack.code === 'retry' ? undefined : ack;
    };
    const { result } = accepted(await eventually('a board', made, 60_000));
    return result as TestBoard;
  }

  /** Somebody with a name, on one of the nodes. */
  async attendee(board: TestBoard, name: string, node = 0, options: Partial<PhoneOptions> = {}): Promise<Attendee> {
    const url = options.url ?? this.url(node);
    const session = await guest(url);
    const phone = await Phone.join({ board: board.slug, session, ...options, url });
    accepted(await phone.insist(withId({ type: 'setName', name })));
    const id = phone.person;
    if (id === undefined) throw new Error('a session without a person');
    return { session, phone, id, name };
  }

  /** As {@link attendee}, holding the printed link. */
  async organiser(board: TestBoard, name = 'Organiser', node = 0): Promise<Attendee> {
    const organiser = await this.attendee(board, name, node);
    accepted(await organiser.phone.insist(withId({ type: 'becomeOrganiser', key: board.organiserKey })));
    return organiser;
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.redis?.stop();
    await Promise.all(this.#folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }
}
