/** What a run has found, beside the bar that it must reach. */

export interface Finding {
  /** The bar's number: R5. */
  readonly bar: string;
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
  readonly ok: boolean;
  /** Whether it depends on how fast this machine is just now: then no test asserts it. */
  readonly timed?: true;
}

/** A finding from sentences that say what is wrong: none of them is the goal. */
export const sound = (bar: string, what: string, counts: string, problems: readonly string[]): Finding => ({
  bar,
  what,
  figure: problems.length === 0 ? counts : `${counts}; ${String(problems.length)} wrong:\n    ${problems.slice(0, 10).join('\n    ')}`,
  goal: '0 wrong',
  ok: problems.length === 0,
});

/** A duration beside its bar, in ms. */
export const timed = (bar: string, what: string, ms: number, goalMs: number): Finding => ({
  bar,
  what,
  figure: `${(ms / 1000).toFixed(2)} s`,
  goal: `≤ ${String(goalMs / 1000)} s`,
  ok: ms <= goalMs,
  timed: true,
});

/** The value that this share of them does not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
};

export const line = ({ bar, what, figure, goal, ok }: Finding): string => `${ok ? '✔' : '✘'} ${bar.padEnd(8)} ${what}: ${figure} (${goal})`;
