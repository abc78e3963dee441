import { Histogram } from 'prom-client';

/** Seconds, from what memory takes to what a phone's owner notices. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** In no registry yet: each app has its own. */
const histogram = (name: string, help: string, buckets: readonly number[] = SECONDS): Histogram =>
  new Histogram({ name, help, buckets: [...buckets], registers: [] });

/**
 * What the live half counts of itself; `/metrics` reads it. Plain numbers where something happens for every phone, so that counting costs
 * nothing; distributions of what happens once a commit or a tick.
 */
export class Meter {
  /** From handing a batch to the store to its answer that it is durable. */
  readonly commitSeconds = histogram('huddle_commit_seconds', 'Time that commits took.');
  /** Commands in one commit (N1). */
  readonly commitBatch = histogram('huddle_commit_commands', 'Commands in one commit.', [1, 2, 4, 8, 16, 32, 64, 128, 256]);
  /** How much later than its beat a tick began (N3). */
  readonly tickLag = histogram('huddle_tick_lag_seconds', 'How much later than its beat a tick began.');
  /** From the oldest change of a tick being applied on this node to the last frame that shows it being written. */
  readonly changeToSocket = histogram('huddle_change_to_socket_seconds', 'From applying a change to writing its last frame.');
  /** Commands answered, by `<type> <ok | refusal code>`. */
  readonly commands = new Map<string, number>();
  conflicts = 0;
  forks = 0;
  /** Views encoded, and frames written to sockets. */
  encoded = 0;
  sent = 0;
  /** Frames that could not go the short way (`live/frame.ts`). */
  sentByEmit = 0;
  lagged = 0;
  /** Ticks in which something threw. */
  ticksFailed = 0;
  refusedHandshakes = 0;
  readonly resumes = { change: 0, startOver: 0 };

  command(type: string, outcome: string): void {
    const key = `${type} ${outcome}`;
    this.commands.set(key, (this.commands.get(key) ?? 0) + 1);
  }
}
