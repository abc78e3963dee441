/** How a figure is told: name, figure, bar, reference – one line each, and all of them in a file. */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Line {
  /** With the number of its bar: `P1 fan-out`. */
  readonly name: string;
  readonly figure: string;
  /** Empty where there is none, and the figure is for comparison. */
  readonly bar: string;
  readonly met: boolean;
  /** What stood beside it in the same run. */
  readonly reference: string;
}

/** A measurement: all its lines. `small` is for seeing that it works, and its figures mean nothing. */
export type Scene = (small: boolean) => Promise<Line[]>;

const verdict = ({ bar, met }: Line): string => (bar === '' ? '' : met ? 'met' : '**missed**');

/** As Markdown, so that it can be pasted where it is quoted. */
export const table = (lines: readonly Line[]): string =>
  [
    '| what | figure | bar | | beside it |',
    '| --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line.name} | ${line.figure} | ${line.bar} | ${verdict(line)} | ${line.reference} |`),
  ].join('\n');

/** Where it was measured; how busy the machine was before, because others' work is in every figure. */
export const machine = (): string => {
  const [cpu] = cpus();
  return `Node ${process.version}, Linux ${release()}, ${cpus().length} × ${cpu?.model ?? '?'}, load average before ${loadavg()[0]?.toFixed(1) ?? '?'}`;
};

const FILE = fileURLToPath(new URL('results.json', import.meta.url));

export const write = (on: string, lines: readonly Line[]): Promise<void> =>
  writeFile(FILE, `${JSON.stringify({ at: new Date().toISOString(), machine: on, lines }, null, 2)}\n`);

export const thousands = (number: number): string => `${(number / 1000).toFixed(1)}k`;
export const ms = (number: number): string => `${number.toFixed(number < 10 ? 1 : 0)} ms`;
export const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
