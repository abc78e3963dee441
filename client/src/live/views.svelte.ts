/** The audiences' views, reactive one by one: what a change does not touch does not render again. */
import type { Audience, Change, View, ViewByNoun } from '@huddle/shared/protocol.ts';
import { untrack } from 'svelte';
import { createAudiences } from './audiences.ts';

const nounOf = (id: string): string => id.slice(0, id.indexOf('/'));

/** Something that can be read reactively and bumped. */
class Pulse {
  #beats = $state(0);
  read(): number {
    return this.#beats;
  }
  bump(): void {
    this.#beats += 1;
  }
}

export class Views {
  readonly #audiences = createAudiences();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each pulse is reactive; the map that finds it must not be
  readonly #pulses = new Map<string, Pulse>();

  /** Reads the pulse of a view or noun. Made outside of the reader, which would own it and so not hear it otherwise. */
  #listen(id: string): void {
    let pulse = this.#pulses.get(id);
    if (pulse === undefined) {
      pulse = untrack(() => new Pulse());
      this.#pulses.set(id, pulse);
    }
    pulse.read();
  }

  #touched(ids: readonly string[]): void {
    for (const id of ids) {
      this.#pulses.get(id)?.bump();
      this.#pulses.get(nounOf(id))?.bump();
    }
  }

  apply(change: Change): void {
    this.#touched(this.#audiences.apply(change));
  }

  drop(audience: Audience): void {
    this.#touched(this.#audiences.drop(audience));
  }

  holds(audience: Audience): boolean {
    return this.#audiences.holds(audience);
  }

  /** All views of an audience, not reactive: for the cache. */
  of(audience: Audience): readonly View[] {
    return this.#audiences.of(audience);
  }

  one<N extends keyof ViewByNoun>(noun: N, key: string): ViewByNoun[N] | undefined {
    const id = `${noun}/${key}`;
    this.#listen(id);
    // An id begins with the noun of its view: that is what `ViewByNoun` says.
    return this.#audiences.find(id) as ViewByNoun[N] | undefined;
  }

  all<N extends keyof ViewByNoun>(noun: N): readonly ViewByNoun[N][] {
    this.#listen(noun);
    return this.#audiences.all(noun) as unknown as readonly ViewByNoun[N][];
  }
}
