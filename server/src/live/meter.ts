/** What the live half counts of itself; `/metrics` reads it. Plain numbers, so that counting costs nothing. */
export class Meter {
  /** Commands answered, by `<type> <ok | refusal code>`. */
  readonly commands = new Map<string, number>();
  commits = 0;
  conflicts = 0;
  forks = 0;
  /** Commands that went into commits: divided by `commits` the batch size. */
  committed = 0;
  /** Milliseconds that commits took in all. */
  commitMs = 0;
  ticks = 0;
  /** Views encoded, and frames written to sockets. */
  encoded = 0;
  sent = 0;
  /** Frames that could not go the short way (`live/frame.ts`). */
  sentByEmit = 0;
  lagged = 0;
  refusedHandshakes = 0;
  readonly resumes = { change: 0, startOver: 0 };

  command(type: string, outcome: string): void {
    const key = `${type} ${outcome}`;
    this.commands.set(key, (this.commands.get(key) ?? 0) + 1);
  }
}
