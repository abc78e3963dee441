/** What phones have sent and what they were told, with when: what a checker believes, beside the store. */
import type { Ack, SentCommand } from '@huddle/shared/protocol.ts';
import type { Phone } from '../phone.ts';

/** One sending of a command. Without an ack its outcome is unknown. */
export interface Attempt {
  /** ms, by this process's clock. */
  readonly invoked: number;
  readonly ended: number;
  readonly ack: Ack | undefined;
}

/** One command of one person, sent once or often. */
export interface Told {
  readonly by: string;
  readonly command: SentCommand;
  readonly attempts: Attempt[];
}

export type Outcome = 'ok' | 'refused' | 'unknown';

/** `retry` says that the store did not answer (S6): nothing is known of such a command. */
export const outcomeOf = ({ ack }: Attempt): Outcome => {
  if (ack === undefined) return 'unknown';
  if (ack.ok) return 'ok';
  return ack.code === 'retry' ? 'unknown' : 'refused';
};

/** A phone that hears nothing for that long sends again. */
const PATIENCE_MS = 2000;

export class History {
  readonly told: Told[] = [];
  #acknowledged = 0;

  /** Commands that were answered with their effect. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Opens the entry of a command that is about to be sent. */
  begin(by: string, command: SentCommand): Told {
    const told: Told = { by, command, attempts: [] };
    this.told.push(told);
    return told;
  }

  /** Sends it once, and writes down what came of it. */
  async send(told: Told, phone: Phone, withinMs = PATIENCE_MS): Promise<Attempt> {
    const invoked = performance.now();
    const ack = await phone.command(told.command, withinMs).catch(() => undefined);
    const attempt: Attempt = { invoked, ended: performance.now(), ack };
    const isFirst = ack?.ok === true && !told.attempts.some(({ ack: before }) => before?.ok === true);
    told.attempts.push(attempt);
    if (isFirst) this.#acknowledged += 1;
    return attempt;
  }
}
