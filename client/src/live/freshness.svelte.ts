/** How fresh what is shown is. */
import type { Standing } from './api.ts';
import type { LinkState } from './held.ts';

/** A connection may be away this long before what is shown counts as offline. */
const GRACE_MS = 4000;

/** What the screens are told of the connection. A cut of a few seconds is catching up; only then it is offline. */
export class Freshness {
  /** What is known later of how old it is shows at once: the phone may be offline before it has read what it keeps. */
  get standing(): Standing {
    return this.#away === undefined ? { kind: this.#kind } : { kind: 'offline', since: this.confirmedAt, reason: this.#away };
  }
  /** By the server's clock. */
  confirmedAt = $state(0);
  #kind = $state<'live' | 'catchingUp'>('catchingUp');
  /** Why it is offline, while it is. */
  #away = $state<'network' | 'store'>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(now: number) {
    this.confirmedAt = now;
  }

  enter(state: LinkState): void {
    if (state === 'down' || state === 'resuming') {
      if (!navigator.onLine) this.#offline('network');
      else if (this.#timer === undefined && !this.#isOffline('network')) this.wait();
      return;
    }
    this.stop();
    if (state === 'storeAway') this.#offline('store');
    else this.#be(state === 'live' ? 'live' : 'catchingUp');
  }

  /** Catching up, and if that takes too long, offline. */
  wait(): void {
    this.stop();
    this.#be('catchingUp');
    this.#timer = setTimeout(() => this.#offline('network'), GRACE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #isOffline(reason: 'network' | 'store'): boolean {
    return this.#away === reason;
  }

  #offline(reason: 'network' | 'store'): void {
    this.stop();
    this.#away = reason;
  }

  #be(kind: 'live' | 'catchingUp'): void {
    this.#kind = kind;
    this.#away = undefined;
  }
}
