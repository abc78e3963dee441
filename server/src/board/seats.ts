/** The answers to one gathering, indexed: seats taken and the waitlist in order. Derived from RSVP records alone (B2). */
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';

export class Seats {
  readonly #answers = new Map<string, RsvpRecord>();
  /** Waitlisted answers by `order`, ascending. */
  readonly #queue: RsvpRecord[] = [];
  #taken = 0;

  /** Every answer, by person. */
  get answers(): ReadonlyMap<string, RsvpRecord> {
    return this.#answers;
  }

  /** People who are going, parties counted in full. */
  get taken(): number {
    return this.#taken;
  }

  /** The waitlist, next first (B4). */
  get queue(): readonly RsvpRecord[] {
    return this.#queue;
  }

  /** The `order` that someone joining the waitlist gets (B4). */
  get nextOrder(): number {
    return (this.#queue.at(-1)?.order ?? 0) + 1;
  }

  /** 1 = next; undefined when not waiting. */
  position(answer: RsvpRecord): number | undefined {
    if (answer.status !== 'waitlisted') return undefined;
    const index = this.#find(answer);
    return index < 0 ? undefined : index + 1;
  }

  /** Takes an answer in, or out when `answer` is undefined. Called by `Board.put` alone (B10). */
  put(person: string, answer: RsvpRecord | undefined): void {
    const previous = this.#answers.get(person);
    if (previous?.status === 'going') this.#taken -= previous.party;
    if (previous?.status === 'waitlisted') this.#queue.splice(this.#find(previous), 1);
    if (answer === undefined) {
      this.#answers.delete(person);
      return;
    }
    this.#answers.set(person, answer);
    if (answer.status === 'going') this.#taken += answer.party;
    if (answer.status === 'waitlisted') this.#queue.splice(this.#slot(answer.order ?? 0), 0, answer);
  }

  /** Index of an answer in the queue, −1 if absent. Orders are unique but for ties a damaged board might hold, hence the walk. */
  #find(answer: RsvpRecord): number {
    const order = answer.order ?? 0;
    for (let index = this.#slot(order) - 1; index >= 0; index -= 1) {
      const there = this.#queue[index];
      if (there === undefined || (there.order ?? 0) < order) return -1;
      if (there.person === answer.person) return index;
    }
    return -1;
  }

  /** Where an answer of that order belongs: behind its equals. */
  #slot(order: number): number {
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#queue[middle]?.order ?? 0) <= order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
