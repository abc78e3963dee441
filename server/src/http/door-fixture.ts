/** The doors before fake boards: what was asked is kept, what shall be answered is told, time stands still. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Ack, Audience, Snapshot } from '@huddle/shared/protocol.ts';
import { pino } from 'pino';
import { Board } from '../board/board.ts';
import type { Actor, Boards, ServedBoard, SnapshotFile } from '../live/api.ts';
import { Meter } from '../live/meter.ts';
import type { BoardRecord } from '@huddle/shared/board.ts';
import { PictureBusy } from '../picture/painter.ts';
import { bearerCheck } from './admin.ts';
import { createChallenges } from './challenge.ts';
import { createMetrics } from './metrics.ts';
import { createOriginPolicy } from './origin.ts';
import type { HttpParts } from './parts.ts';
import { createRoutes } from './routes.ts';
import { createSessions } from './session.ts';

const SELF: BoardRecord = {
  ...{ id: 'board/harbour', type: 'board', rev: 1, slug: 'harbour', name: 'Harbour', zone: 'Asia/Hong_Kong' },
  ...{ from: '2026-11-14', to: '2026-11-15', organiserKey: 'organiser-key-of-harbour', createdAt: 0 },
};
const TOKEN = 'the-administrators-token';
export const HOUR = 3_600_000;
export const snapshot: Snapshot = {
  cursor: '3.abc',
  serverNow: Date.UTC(2026, 10, 14, 9),
  board: { id: 'board/harbour', name: 'Harbour </script> & Co', zone: 'Asia/Hong_Kong', from: '2026-11-14', to: '2026-11-15' },
  places: [],
  notices: [],
  gatherings: [
    {
      id: 'gathering1',
      title: 'ZK "corner", <b>meeting</b>',
      kind: 'corner',
      place: 'Coffee bar',
      start: Date.UTC(2026, 10, 14, 10, 30),
      end: Date.UTC(2026, 10, 14, 10, 30) + HOUR,
      capacity: 8,
      hosts: ['Mei'],
      taken: 3,
    },
  ],
};

const json = Buffer.from(JSON.stringify(snapshot));

type Asked = (command: unknown, actor: Actor, board: string) => Promise<Ack>;

class FakeBoard implements ServedBoard {
  readonly stored = { self: SELF, gatherings: [] };
  readonly slug: string;
  readonly #file = { snapshot, etag: '"3.abc"', json, gzip: gzipSync(json) };

  readonly #asked: Asked;

  constructor(slug: string, asked: Asked) {
    this.slug = slug;
    this.#asked = asked;
  }

  submit(command: unknown, actor: Actor): Promise<Ack> {
    return this.#asked(command, actor, this.slug);
  }

  snapshot(): SnapshotFile {
    return this.#file;
  }

  plan(token: string): ReturnType<ServedBoard['plan']> {
    const said = { title: 'Tea, cake', place: 'Bar', address: '', description: '', tags: [], cancelled: true, tentative: false };
    return token === 'p'.repeat(22) ? [{ id: 'gathering1', start: 1_773_115_200_000, end: 1_773_118_800_000, rev: 7, ...said }] : undefined;
  }

  organises(actor: Actor | undefined): boolean {
    return actor?.kind === 'admin';
  }

  open(audience: Audience, actor: Actor | undefined): ReturnType<ServedBoard['open']> {
    const id = this.slug === 'harbour' && actor?.kind === 'person' ? actor.id : undefined;
    if (audience === 'gathering/gathering1')
      return { ok: true, views: [{ id: 'details/gathering1', description: 'Bring; a, pen', notices: [] }] };
    if (id !== undefined && audience === `person/${id}`) return { ok: true, views: [{ id: `me/${id}`, name: 'Mei', readTo: 0 }] };
    return { ok: false, code: 'notFound' };
  }
}

/** A built client, as small as one can be. */
const writeClient = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'huddle-client-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets', 'index-1234.js'), 'console.log(1)');
  await writeFile(join(folder, 'assets', 'first.css'), '.card{color:red}\n');
  await writeFile(join(folder, 'assets', 'gathering.css'), '.fact{color:blue}\n');
  await writeFile(join(folder, 'icon-192.png'), 'PNG');
  await mkdir(join(folder, '.vite'));
  await writeFile(
    join(folder, '.vite', 'manifest.json'),
    JSON.stringify({
      'index.html': { file: 'assets/index-1234.js', imports: ['_shared.js'], css: ['assets/first.css'] },
      '_shared.js': { file: 'assets/shared.js' },
      '_plural.js': { file: 'assets/plural.js' },
      'src/text/en.ts': { file: 'assets/en.js', imports: ['_plural.js'] },
      'src/text/zh-Hant.ts': { file: 'assets/zh-Hant.js' },
      'src/text/zh-Hans.ts': { file: 'assets/zh-Hans.js' },
      'src/text/ar.ts': { file: 'assets/ar.js' },
      'src/gathering/GatheringPage.svelte': { file: 'assets/gathering.js', imports: ['_shared.js'], css: ['assets/gathering.css'] },
    }),
  );
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><head><title>Huddle</title>\n<meta name="description" content="x" /><script type="module" crossorigin src="/assets/index-1234.js"></script><link rel="modulepreload" crossorigin href="/assets/shared.js"><link rel="stylesheet" crossorigin href="/assets/first.css"></head><body><div id="app"></div></body></html>',
  );
  return folder;
};

/** Serves it on a free port. @returns where */
export const serve = async (listener: RequestListener): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const wellDone = (): Ack => ({ ok: true, rev: 4 });

export class Doors {
  /** What the boards were asked, in order. */
  asked: { readonly command: unknown; readonly actor: Actor; readonly board: string }[] = [];
  /** The deployment's own board, as this node has it. */
  readonly own = new Board();
  /** How often the store was asked for what is new on it. */
  caughtUp = 0;
  /** Whom they were to forget. */
  readonly forgotten: string[] = [];
  /** What they answer. */
  answer: (command: Readonly<Record<string, unknown>>) => Ack = wellDone;
  /** Whether pictures cannot be drawn; a drawing is what it says. */
  tired = false;
  /** Whether the store is away. */
  away: Error | undefined;
  listed: Awaited<ReturnType<Boards['list']>> = [];
  time = snapshot.serverNow;
  /** What was logged, at every level. */
  readonly lines: string[] = [];
  readonly meter = new Meter();
  readonly admin = { authorization: `Bearer ${TOKEN}` };
  readonly parts: HttpParts;
  readonly #folder: string;
  #served: Awaited<ReturnType<typeof serve>> | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    const isBearer = bearerCheck(TOKEN);
    const now = (): number => this.time;
    this.parts = {
      boards: this.#boards(),
      deployment: { board: this.own, catchUp: async () => void (this.caughtUp += 1) },
      isBearer,
      challenges: createChallenges({ secrets: ['secret'], now, random: randomBytes }),
      log: pino({ level: 'trace' }, { write: (line: string) => void this.lines.push(line) }),
      sessions: createSessions({ secrets: ['secret'], epochOf: () => undefined, now, random: randomBytes }),
      origins: createOriginPolicy({ origins: [], trustProxy: true, isBearer }),
      health: () => ({ reachable: true, durability: 'full' }),
      ready: async () => true,
      staying: () => true,
      backup: undefined,
      metrics: createMetrics(this.meter),
      now,
      painter: {
        paint: async (words) => {
          if (this.tired) throw new PictureBusy('tired');
          return Buffer.from(JSON.stringify(words));
        },
        close: async () => undefined,
      },
      random: randomBytes,
      publicUrl: undefined,
      pushKey: 'the-key-of-push',
      client: folder,
      firstLook: ({ path, language }) => ({ body: `<p lang="${language}">${path}</p>`, texts: { said: language } }),
    };
  }

  static async open(): Promise<Doors> {
    const doors = new Doors(await writeClient());
    doors.#served = await serve(createRoutes(doors.parts));
    return doors;
  }

  /** The folder of the built client. */
  get client(): string {
    return this.#folder;
  }

  get url(): string {
    return this.#served?.url ?? '';
  }

  /** As at the beginning, but later: nothing that was made before is still fresh. */
  fresh(): void {
    this.asked = [];
    this.caughtUp = 0;
    for (const id of [...this.own.records.keys()]) this.own.put(id, undefined);
    this.answer = wellDone;
    this.away = undefined;
    this.tired = false;
    this.listed = [];
    this.lines.length = 0;
    this.time += 10_000;
  }

  async close(): Promise<void> {
    await this.#served?.close();
    await rm(this.#folder, { recursive: true });
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as Answer['json']) : {} };
  }

  /** A writing request from a page of this host. */
  write(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { origin: this.url, 'content-type': 'application/json', ...headers },
    });
  }

  async guest(): Promise<{ readonly person: string; readonly cookie: string }> {
    const { json: body, headers } = await this.write('/api/session', '');
    return { person: String(body['person']), cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  }

  #boards(): Boards {
    const asked: Asked = async (command, actor, board) => {
      this.asked.push({ command, actor, board });
      return this.answer(command as Record<string, unknown>);
    };
    return {
      find: async (slug) => {
        if (this.away !== undefined) throw this.away;
        // The deployment's own board is there for whoever gets through to ask for it.
        return ['harbour', '_'].includes(slug) ? new FakeBoard(slug, asked) : undefined;
      },
      at: async (slug) => new FakeBoard(slug, asked),
      forget: async (person) => void this.forgotten.push(person),
      list: async () => this.listed,
    };
  }
}
