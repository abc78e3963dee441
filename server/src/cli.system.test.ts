/** The command line against a real node. */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from './app.ts';
import { backupInto } from './backup.ts';
import { runCli } from './cli.ts';
import { tokenFile } from './http/admin.ts';
import { openEmbeddedStore, type EmbeddedStore } from './store/embedded.ts';
import { loadWhole } from './store/store.ts';

const adminToken = 'the-administrators-token';
let folder: string;
let store: EmbeddedStore;
let app: App;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huddle-cli-'));
  await writeFile(tokenFile(folder), `${adminToken}\n`);
  store = await openEmbeddedStore({ folder, now: Date.now });
  const config = { origins: [], publicUrl: undefined, pushContact: undefined, sessionSecrets: undefined, trustProxy: false };
  const backup = backupInto(store, folder, Date.now);
  app = await createApp({ store, backup, adminToken, now: Date.now, random: randomBytes, config, log: pino({ level: 'silent' }) });
  url = `http://127.0.0.1:${(await app.listen(0, '127.0.0.1')).port}`;
});
afterAll(async () => {
  await app.close();
  await store.close();
  await rm(folder, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly progress: readonly string[];
}

const run = async (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  const progress: string[] = [];
  const code = await runCli(args, {
    env: { HUDDLE_DATA: folder, HUDDLE_URL: url, ...env },
    cwd: folder,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress: (text) => progress.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n'), progress };
};

const CREATE = ['create', 'harbour', '--name', 'Harbour Meetup', '--zone', 'Asia/Hong_Kong', '--from', '2026-05-18', '--to', '2026-05-22'];
const TABLE =
  'title,start,end,venue\nZK corner,2026-05-20 15:00,2026-05-20 16:00,Coffee Bar\n派對,2026-05-20 21:00,2026-05-21 01:00,天台\nWrong,soon,later,x\n';

describe('npm run board', () => {
  it('makes a board, brings a list in twice, and takes it out', async () => {
    const made = await run(CREATE);
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).toMatch(/Board: +http:\S+\/b\/harbour\nOrganiser: +http:\S+\/organise#\S{22}\n/);

    await writeFile(join(folder, 'list.csv'), TABLE);
    const first = await run(['import', 'harbour', 'list.csv']);
    expect(first.out).toBe('2 new, 0 changed, 0 the same, 1 to look at\n  line 4, start: must be a time such as 2024-05-18T15:00');
    expect(first.progress).toEqual(['0 of 2 …', '2 of 2 …', '']);
    expect((await run(['import', 'harbour', 'list.csv'])).out).toContain('0 new, 0 changed, 2 the same');

    for (const format of ['ics', 'csv', 'json']) {
      expect((await run(['export', 'harbour', `out.${format}`])).code).toBe(0);
      expect(await readFile(join(folder, `out.${format}`), 'utf8')).toContain('天台');
      expect((await run(['import', 'harbour', `out.${format}`])).out).toBe('0 new, 0 changed, 2 the same, 0 to look at');
    }
    expect((await run(['list'])).out).toContain('harbour  2026-05-18 – 2026-05-22  Harbour Meetup');
  });

  it('S5: copies the data file while the node goes on; the copy is restored by putting it in place', async () => {
    const { code, out } = await run(['backup']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Copied to \S+\/backup\/huddle-\S+\.db, /)]);
    const [, file = ''] = /^Copied to (\S+\.db), /.exec(out) ?? [];
    const restored = await mkdtemp(join(tmpdir(), 'huddle-restored-'));
    await copyFile(file, join(restored, 'huddle.db'));
    const copy = await openEmbeddedStore({ folder: restored, now: Date.now });
    expect((await loadWhole(copy, 'harbour')).records.length).toBeGreaterThan(0);
    await copy.close();
    await rm(restored, { recursive: true });
    const refused = await fetch(`${url}/api/backup`, { method: 'POST', headers: { origin: url } });
    expect(refused.status).toBe(401);
  });

  it.each([
    ['a board that exists', CREATE, 1, 'exists already'],
    [
      'a day that is none',
      ['create', 'other', '--name', 'Other', '--zone', 'Asia/Hong_Kong', '--from', '2026-02-30', '--to', '2026-03-02'],
      1,
      'refused (400): from: ',
    ],
    ['a board that does not', ['export', 'nowhere', 'x.csv'], 1, 'There is no board "nowhere"'],
    ['a file that does not', ['import', 'harbour', 'none.csv'], 1, 'check the name'],
    ['a file without a format', ['import', 'harbour', 'list'], 2, 'does not say its format'],
    ['too little', ['import', 'harbour'], 2, '`import` takes <slug> <file>'],
    ['too much', ['list', 'x'], 2, '`list` takes nothing more'],
    ['an unknown verb', ['delete', 'harbour'], 2, 'There is no "delete"'],
    ['an unknown option', ['list', '--all'], 2, 'Usage:'],
    ['nothing', [], 2, 'Usage:'],
    ['half a board', ['create', 'x', '--name', 'X'], 2, 'needs --name, --zone, --from and --to'],
  ])('says in a sentence what to do about %s', async (_, args, code, sentence) => {
    const ran = await run(args);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toContain(sentence);
  });

  it('says so when no node answers, and when the token is wrong or missing', async () => {
    expect((await run(['list', '--url', 'http://127.0.0.1:1'])).err).toContain('start one with `npm start`');
    expect((await run(['export', 'harbour', 'x.csv'], { HUDDLE_ADMIN_TOKEN: 'wrong-wrong-wrong' })).err).toContain(
      'does not accept the admin token',
    );
    expect((await run(['list'], { HUDDLE_ADMIN_TOKEN: 'schlüsselübergabe→' })).err).toContain('has blanks or letters that no node accepts');
    expect((await run(['list'], { HUDDLE_URL: '', PORT: '1' })).err).toContain('No node answers at http://127.0.0.1:1:');
    expect((await run(['export', 'harbour', 'x.csv'], { HUDDLE_DATA: join(folder, 'none') })).err).toContain('There is no admin token');
  });

  it('says so when what answers is something else', async () => {
    const other = createServer((_request, response) => response.end('<!doctype html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      await writeFile(join(folder, 'list.csv'), TABLE);
      for (const args of [['list'], ['import', 'harbour', 'list.csv']]) {
        const ran = await run([...args, '--url', `http://127.0.0.1:${(other.address() as AddressInfo).port}`]);
        expect(ran).toMatchObject({ code: 1, out: '' });
        expect(ran.err).toMatch(/^What answers at \S+ is not Huddle: /);
      }
    } finally {
      other.close();
    }
  });
});
