/** R9: what must not be used is refused in a sentence; a full disk keeps nothing and loses nothing. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Snapshot } from '@huddle/shared/protocol.ts';
import { Deployment } from '../deployment.ts';
import { snapshotOf } from '../http.ts';
import { ServerNode } from '../node.ts';
import { seeded, type Random } from '../random.ts';
import { startRedis } from '../redis.ts';
import { eventually, pause, within } from '../wait.ts';
import { Crowd } from './crowd.ts';
import { sound, type Finding } from './finding.ts';
import { Stage } from './stage.ts';
import { judge } from './storm.ts';

const adminToken = 'the-administrators-token';
/** One sentence or two that say what to do; no trace of a stack, no silence. */
const SENTENCE = /^[A-Z/][^\n]{30,}\.$/;

/** Starts a node that should refuse to. Gives what it said last, or the node if it does start. */
const startInVain = async (data: string, redisUrl?: string): Promise<string | ServerNode> => {
  try {
    return await ServerNode.start({ data, adminToken, ...(redisUrl === undefined ? {} : { redisUrl }), env: { LOG_LEVEL: 'fatal' } });
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).join('\n');
  }
};

const refusal = async (what: string, started: string | ServerNode): Promise<string[]> => {
  if (typeof started === 'string') return SENTENCE.test(started) ? [] : [`R9: ${what}: it said ${JSON.stringify(started)}`];
  await started.kill();
  return [`R9: ${what}: it started`];
};

/** Settings of Redis that would lose commits, and a second process on one data folder. */
export const refusedAtStart = async (): Promise<Finding[]> => {
  const problems: string[] = [];
  const data = await mkdtemp(join(tmpdir(), 'huddle-unfit-'));
  const unsafe = { appendonly: 'no', appendfsync: 'everysec', 'no-appendfsync-on-rewrite': 'yes', 'maxmemory-policy': 'allkeys-lru' };
  for (const [setting, value] of Object.entries(unsafe)) {
    const redis = await startRedis({ [setting]: value });
    problems.push(...(await refusal(`${setting} ${value}`, await startInVain(data, redis.url))));
    await redis.stop();
  }
  const first = await ServerNode.start({ data, adminToken });
  problems.push(...(await refusal('a second process', await startInVain(data))));
  if (!(await fetch(`${first.url}/readyz`)).ok) problems.push('R9: the first process suffers from the second');
  await first.stop();
  await rm(data, { recursive: true });
  return [sound('R9', 'unsafe Redis settings, a second process on one folder', '5 of 5 refused in a sentence', problems)];
};

/** A damaged copy: cut short, or with a bit that has flipped. */
const damage = (bytes: Buffer, place: number, places: number, random: Random): Buffer => {
  const at = Math.min(bytes.length - 1, Math.floor(((place + random.next()) * bytes.length) / places));
  if (place % 4 === 3) return bytes.subarray(0, at);
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.int(8));
  return copy;
};

/** How long a process may take to end once it has found that its file is damaged. */
const ENDING_MS = 30_000;

/** What comes of reading a board from a node that has started: all of it, or the process ends with a word. Else what is wrong. */
const whileRead = async (node: ServerNode, slug: string, whole: Snapshot): Promise<string> => {
  const read = await snapshotOf(node.url, slug).catch(() => undefined);
  if (read !== undefined)
    return isDeepStrictEqual({ ...read.snapshot, serverNow: 0 }, { ...whole, serverNow: 0 })
      ? 'same'
      : `it went unnoticed: ${JSON.stringify(read.snapshot).slice(0, 300)}`;
  // The answer fails to come before the process has ended.
  const ended = await within('end of the process', node.ended(), ENDING_MS).catch(() => undefined);
  const said = node.log.at(-1) ?? 'nothing';
  return ended !== undefined && SENTENCE.test(said) ? 'refused' : `it cannot be read, and the process (${String(ended)}) said ${said}`;
};

/** A real process on each of so many damaged files: it says what is wrong, or the damage lies where nothing is kept. */
export const damagedFiles = async (seed: number, places = 64): Promise<Finding[]> => {
  const random = seeded(seed);
  const sane = await mkdtemp(join(tmpdir(), 'huddle-damage-'));
  const deployment = Deployment.bare();
  const node = await deployment.addNode({}, { data: sane });
  const board = await deployment.board();
  for (let guest = 0; guest < 60; guest += 1)
    await deployment.attendee(board, `Guest ${String(guest)}`, 0, { capture: false }).then(({ phone }) => phone.drop());
  await node.stop();
  // Asked of a node that has just started: a running one may answer with the snapshot of a second ago.
  await node.restart();
  const whole = (await snapshotOf(node.url, board.slug)).snapshot;
  await node.stop();
  const bytes = await readFile(join(sane, 'huddle.db'));
  await deployment.stop();
  const problems: string[] = [];
  const verdicts = { refused: 0, same: 0 };
  for (let place = 0; place < places; place += 1) {
    const data = await mkdtemp(join(tmpdir(), 'huddle-damaged-'));
    await writeFile(join(data, 'huddle.db'), damage(bytes, place, places, random));
    const started = await startInVain(data);
    const name = `damage ${String(place)} of seed ${String(seed)}`;
    if (typeof started === 'string') {
      problems.push(...(await refusal(name, started)));
      verdicts.refused += 1;
    } else {
      const noticed = await whileRead(started, board.slug, whole);
      if (noticed === 'refused' || noticed === 'same') verdicts[noticed] += 1;
      else problems.push(`R9: ${name}: ${noticed}`);
      await started.kill();
    }
    await rm(data, { recursive: true });
  }
  const counts = `${String(places)} places: ${String(verdicts.refused)} refused in a sentence, ${String(verdicts.same)} where nothing is kept`;
  return [sound('R9', 'a process on a damaged data file', counts, problems)];
};

/** A crowd while the disk fills up, stays full, and is made room on. */
export const diskFull = async (seed: number): Promise<Finding[]> => {
  const what = 'the disk is full for a while: commands are told to come later, reading goes on, nothing acknowledged is lost';
  const mount = await mkdtemp(join(tmpdir(), 'huddle-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', mount]);
  if (mounted.status !== 0) {
    await rm(mount, { recursive: true });
    const why = (mounted.stderr as Buffer | null)?.toString().trim() ?? 'there is no mount';
    return [{ bar: 'R9', what, figure: `skipped: a small disk cannot be mounted here (${why})`, goal: 'as root on Linux', ok: true }];
  }
  const data = join(mount, 'data');
  await mkdir(data);
  const stage = await Stage.embedded(data);
  try {
    const crowd = await Crowd.gather(stage, seeded(seed), 30);
    crowd.start();
    await eventually('load', () => crowd.history.acknowledged > 100, 60_000);
    const filler = join(mount, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'], { stdio: 'ignore' });
    const retries = (): number =>
      crowd.history.told.filter(({ attempts }) => attempts.some(({ ack }) => ack?.ok === false && ack.code === 'retry')).length;
    await eventually('commands that are told to come later', () => retries() > 20, 60_000);
    const filled = statSync(filler).size;
    const problems: string[] = [];
    await snapshotOf(stage.deployment.url(), stage.board.slug).catch(() => problems.push('R9: nothing can be read while the disk is full'));
    const before = crowd.history.acknowledged;
    await pause(500);
    await rm(filler);
    await eventually('commands are acknowledged again', () => crowd.history.acknowledged > before + 100, 60_000).catch(() =>
      problems.push('R9: it stays away once there is room again'),
    );
    problems.push(...(await judge(stage, crowd)));
    const counts = `${String(crowd.history.acknowledged)} acknowledged, ${String(retries())} told to come later, ${String(filled >> 20)} MB of filler`;
    return [sound('R9', what, counts, problems)];
  } finally {
    await stage.stop();
    spawnSync('umount', [mount]);
    await rm(mount, { recursive: true, force: true });
  }
};
