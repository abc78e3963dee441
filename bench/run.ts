/**
 * `npm run bench` – all; `npm run bench -- fan-out` – one; `--phones 3000` – how many watch. Ratios to what runs beside it on the same
 * machine in the same minutes; absolute times drift on shared machines. Loopback only.
 */
import { parseArgs } from 'node:util';
import { busy } from './busy.ts';
import { fanOut } from './fan-out.ts';
import { print, write, type Line } from './report.ts';

const BENCHES: Readonly<Record<string, (phones: number) => Promise<Line[]>>> = { 'fan-out': fanOut, busy };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { phones: { type: 'string', default: '1000' } } });
const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
const lines: Line[] = [];
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) throw new Error(`no bench "${name}"; there are: ${Object.keys(BENCHES).join(', ')}`);
  for (const line of await bench(Number(values.phones))) {
    print(line);
    lines.push(line);
  }
}
await write(lines);
