/**
 * `npm run bench` – all; `npm run bench -- fan-out` – one; `--small` – each with a handful of phones, to see that it works;
 * `--profile` – each of our nodes writes what took its time to `bench/*.cpuprofile`, and is a little slower for it. What counts are ratios to
 * what runs beside it in the same minutes; absolute times drift on shared machines. Loopback only.
 */
import { parseArgs } from 'node:util';
import { machine, table, write, type Line, type Scene } from './report.ts';
import { busy } from './scene/busy.ts';
import { commit } from './scene/commit.ts';
import { door } from './scene/door.ts';
import { fanOut } from './scene/fan-out.ts';
import { list } from './scene/list.ts';
import { rush } from './scene/rush.ts';
import { scale } from './scene/scale.ts';
import { slowReaders } from './scene/slow-readers.ts';
import { snapshot } from './scene/snapshot.ts';
import { start } from './scene/start.ts';
import { profileNodes } from './server.ts';

const SCENES: Readonly<Record<string, Scene>> = {
  'fan-out': fanOut,
  ...{ busy, rush, commit, door, snapshot, start, list, scale },
  'slow-readers': slowReaders,
};
/** No scene begins after this. */
const LAST_START_MS = 9 * 60_000;

const flag = { type: 'boolean', default: false } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { small: flag, profile: flag } });
if (values.profile) profileNodes();
const names = positionals.length === 0 ? Object.keys(SCENES) : positionals;
const unknown = names.find((name) => SCENES[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no scene "${unknown}"; there are: ${Object.keys(SCENES).join(', ')}.`);
  process.exit(1);
}
const on = machine();
console.log(on);
const began = performance.now();
const lines: Line[] = [];
for (const name of names) {
  const elapsed = performance.now() - began;
  if (elapsed > LAST_START_MS) {
    console.log(`— ${name} left out: the ten minutes are over; npm run bench -- ${name}`);
    continue;
  }
  console.log(`— ${name} (${Math.round(elapsed / 1000)} s)`);
  for (const line of (await SCENES[name]?.(values.small)) ?? []) {
    lines.push(line);
    console.log(
      `${line.name}: ${line.figure}${line.bar === '' ? '' : ` – bar ${line.bar}: ${line.met ? 'met' : 'MISSED'}`} – ${line.reference}`,
    );
  }
}
console.log(`\n${table(lines)}\n\n${on}; ${Math.round((performance.now() - began) / 1000)} s in all.`);
if (!values.small) await write(on, lines);
