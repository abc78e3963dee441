/** How a figure is told: name, figure, bar, reference – one line each, and all of them in a file. */
import { writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Line {
  /** With the number of its bar: `P1 fan-out`. */
  readonly name: string;
  readonly figure: string;
  readonly bar: string;
  readonly met: boolean;
  /** What stood beside it in the same run. */
  readonly reference: string;
}

export const print = ({ name, figure, bar, met, reference }: Line): void => {
  console.log(`${name.padEnd(34)} ${figure.padEnd(28)} bar ${bar.padEnd(22)} ${met ? 'met   ' : 'MISSED'}  ${reference}`);
};

const FILE = fileURLToPath(new URL('results.json', import.meta.url));

export const write = async (lines: readonly Line[]): Promise<void> => {
  const machine = { node: process.version, linux: release(), cpus: cpus().length, cpu: cpus()[0]?.model };
  await writeFile(FILE, `${JSON.stringify({ at: new Date().toISOString(), machine, lines }, null, 2)}\n`);
};

export const thousands = (number: number): string => `${(number / 1000).toFixed(1)}k`;
export const ms = (number: number): string => `${number.toFixed(number < 10 ? 1 : 0)} ms`;
