/** What is in the outbox, as the screens see it: what the views do not show yet, and what became of what could not go out at once. */
import type { Cursor } from '@huddle/shared/protocol.ts';
import type { Answered, Pending } from './api.ts';
import type { Entry } from './box.ts';

const revOf = (cursor: Cursor): number => Number(cursor.slice(0, cursor.indexOf('.')));

export class Wishes {
  #rev = $state(0);
  #entries = $state.raw<readonly Entry[]>([]);
  readonly pending = $derived(this.#entries.flatMap((entry) => this.#pendingOf(entry)));
  readonly answered = $derived(this.#entries.flatMap(answeredOf));
  readonly #settled: () => void;

  /** @param settled something that I did has reached the views */
  constructor(settled: () => void) {
    this.#settled = settled;
  }

  /** What the outbox keeps now. */
  take(entries: readonly Entry[]): void {
    this.#settle(() => (this.#entries = entries));
  }

  /** The views hold everything up to here. */
  reached(cursor: Cursor): void {
    this.#settle(() => (this.#rev = revOf(cursor)));
  }

  #settle(step: () => void): void {
    const waited = this.pending.length;
    step();
    if (this.pending.length < waited) this.#settled();
  }

  /** Shown until the views hold its effect: until the cursor has reached the rev of its acknowledgement (C1). */
  #pendingOf({ id, command, at, tried, answer }: Entry): readonly Pending[] {
    if (answer === undefined) return [{ id, command, at, state: { kind: 'waiting', tried: tried === true } }];
    if (!answer.ack.ok || answer.ack.rev <= this.#rev) return [];
    return [{ id, command, at, state: { kind: 'done', rev: answer.ack.rev } }];
  }
}

const answeredOf = ({ id, command, answer }: Entry): readonly Answered[] =>
  answer?.late === undefined ? [] : [{ id, command, ack: answer.ack, seen: answer.late === 'seen' }];
