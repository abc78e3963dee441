/**
 * `npm run bench` – all, within ten minutes; `npm run bench -- fan-out` – one; `--small` – each with a handful of phones, to see that it
 * works; `--profile` – each of our nodes writes what took its time to `bench/*.cpuprofile`, and is a little slower for it. What counts are
 * ratios to what runs beside it in the same minutes; absolute times drift on shared machines. Loopback only.
 */
import { parseArgs } from 'node:util';
import { within } from '@huddle/rig/wait.ts';
import { Child } from './child.ts';
import type { Player } from './player.ts';
import { machine, table, write, type Line } from './report.ts';
import { SCENES } from './scenes.ts';

/** Ten minutes, and some seconds in which a scene that is cut off can leave. */
const ALL_MS = 10 * 60_000 - 10_000;
/** `--small` looks at no time, so that a slow machine is none that fails. */
const PATIENT_MS = 15 * 60_000;

const flag = { type: 'boolean', default: false } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { small: flag, profile: flag } });
const names = positionals.length === 0 ? Object.keys(SCENES) : positionals;
const unknown = names.find((name) => SCENES[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no scene "${unknown}"; there are: ${Object.keys(SCENES).join(', ')}.`);
  process.exit(1);
}

const play = async (name: string, limitMs: number): Promise<Line[]> => {
  if (limitMs <= 0) throw new Error('the ten minutes are over');
  const player = new Child<Player>('player.ts');
  try {
    return await within(`end of ${name}`, player.ask('play', { name, small: values.small, profile: values.profile }), limitMs);
  } finally {
    await player.stop();
  }
};

const text = ({ name, figure, bar, met, reference }: Line): string =>
  `${name}: ${figure}${bar === '' ? '' : ` – bar ${bar}: ${met ? 'met' : 'MISSED'}`} – ${reference}`;

const on = machine();
console.log(on);
const began = performance.now();
const seconds = (since: number): string => `${Math.round((performance.now() - since) / 1000)} s`;
const lines: Line[] = [];
const took: string[] = [];
const failed: string[] = [];
for (const name of names) {
  const start = performance.now();
  const limit = values.small ? PATIENT_MS : Math.min((SCENES[name]?.limit ?? 0) * 1000, Math.round(began + ALL_MS - start));
  console.log(`— ${name}`);
  try {
    const told = await play(name, limit);
    lines.push(...told);
    for (const line of told) console.log(text(line));
    took.push(`${name} ${seconds(start)}`);
  } catch (error) {
    failed.push(name);
    took.push(`${name} failed after ${seconds(start)}`);
    console.error(`FAILED: ${name} – ${error instanceof Error ? error.message : String(error)}; by itself: npm run bench -- ${name}`);
  }
}
console.log(`\n${table(lines)}\n\n${on}; ${seconds(began)} in all: ${took.join(', ')}.`);
if (!values.small) await write(on, lines);
if (failed.length > 0) {
  console.error(`Not measured: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
