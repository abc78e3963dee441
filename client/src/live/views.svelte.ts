/** The audiences' views, reactive one by one: what a change does not touch does not render again. */
import type { Audience, Change, View, ViewByNoun } from '@huddle/shared/protocol.ts';
import { untrack } from 'svelte';
import { createAudiences } from './audiences.ts';

const nounOf = (id: string): string => id.slice(0, id.indexOf('/'));

export class Views {
  readonly #audiences = createAudiences();
  /**
   * How often each view, and each noun, has changed. One object, made before anybody reads: a `$derived` does not hear `$state` made while
   * it runs. And not a `SvelteMap`: there, whoever asks for what is not there yet hears of everything.
   */
  #beats = $state<Record<string, number>>({});

  /** What anybody has ever asked for: the rest need not beat. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nobody reads it to show it
  readonly #asked = new Set<string>();

  #listen(id: string): number | undefined {
    this.#asked.add(id);
    return this.#beats[id];
  }

  #bump(id: string): void {
    if (this.#asked.has(id)) untrack(() => (this.#beats[id] = (this.#beats[id] ?? 0) + 1));
  }

  #touched(ids: readonly string[]): void {
    for (const id of ids) {
      this.#bump(id);
      this.#bump(nounOf(id));
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
