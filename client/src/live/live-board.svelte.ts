/** One board, live: views confirmed by the server, and my commands on their way to it (C1). Implements what screens know, `LiveBoardApi`. */
import { idFrom } from '@huddle/shared/ids.ts';
import { snapshotChange, type Ack, type Audience, type CommandInput, type Cursor } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi, Pending, Standing } from './api.ts';
import { createClock } from './clock.ts';
import { openDatabase } from './database.ts';
import type { Ended, LinkListener, LinkState } from './held.ts';
import { boardHttp } from './http.ts';
import { createLink } from './link.ts';
import { createOutbox, type Entry } from './outbox.ts';
import { takeInlined } from './snapshot.ts';
import { dialSocket } from './socket.ts';
import { Views } from './views.svelte.ts';

export interface LiveBoard extends LiveBoardApi {
  /** Whether there is anything to show yet. */
  readonly loaded: boolean;
  /** Why there never will be. */
  readonly ended: Ended | undefined;
  /** Lets go of the connection. */
  close(): void;
}

export interface LiveBoardOptions {
  /** The outcome of a command from before a reload: no page waits for it any more. */
  readonly unheard?: (command: CommandInput, ack: Ack) => void;
}

const TICK_MS = 10_000;
/** A connection may be away this long before what is shown counts as offline. */
const GRACE_MS = 4000;
/** Changes are kept this long after the first of them. */
const KEEP_MS = 3000;

const { shelf, box } = openDatabase();
const revOf = (cursor: Cursor): number => Number(cursor.slice(0, cursor.indexOf('.')));
const newId = (): string => idFrom(crypto.getRandomValues(new Uint8Array(12)));

/** What the screens are told of the connection. A cut of a few seconds is catching up; only then it is offline. */
class Freshness {
  standing = $state.raw<Standing>({ kind: 'catchingUp' });
  /** By the server's clock. */
  confirmedAt: number;
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
    else this.standing = { kind: state === 'live' ? 'live' : 'catchingUp' };
  }

  /** Catching up, and if that takes too long, offline. */
  wait(): void {
    this.stop();
    this.standing = { kind: 'catchingUp' };
    this.#timer = setTimeout(() => this.#offline('network'), GRACE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #isOffline(reason: 'network' | 'store'): boolean {
    return this.standing.kind === 'offline' && this.standing.reason === reason;
  }

  #offline(reason: 'network' | 'store'): void {
    this.stop();
    if (!this.#isOffline(reason)) this.standing = { kind: 'offline', since: this.confirmedAt, reason };
  }
}

class Live implements LiveBoard {
  readonly slug: string;
  person = $state<string>();
  now = $state(Date.now());
  ended = $state<Ended>();
  #rev = $state(0);
  #entries = $state.raw<readonly Entry[]>([]);
  readonly pending = $derived(this.#entries.flatMap((entry) => this.#pendingOf(entry)));
  readonly #clock = createClock(() => Date.now());
  readonly #views = new Views();
  readonly #freshness = new Freshness(Date.now());
  readonly #http;
  readonly #link;
  readonly #outbox;
  readonly #pages = new Map<Audience, number>();
  readonly #ticking = setInterval(() => this.#tick(), TICK_MS);
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(slug: string, { unheard }: LiveBoardOptions) {
    this.slug = slug;
    this.#http = boardHttp(slug);
    this.#link = createLink({ dial: dialSocket(slug), http: this.#http, listener: this.#listener(), random: Math.random });
    this.#outbox = createOutbox({
      board: slug,
      box,
      canSend: () => this.#link.canSend,
      send: (command) => this.#link.send(command),
      becomeSomebody: () => this.#link.becomeSomebody(),
      newId,
      now: Date.now,
      random: Math.random,
      changed: (entries) => void (this.#entries = entries),
      unheard: ({ command }, ack) => unheard?.(command, ack),
    });
    document.addEventListener('visibilitychange', this.#seen);
    addEventListener('online', this.#probe);
    void this.#start();
  }

  get standing(): Standing {
    return this.#freshness.standing;
  }

  get loaded(): boolean {
    return this.view('board', this.slug) !== undefined;
  }

  view: LiveBoardApi['view'] = (noun, key) => this.#views.one(noun, key);
  views: LiveBoardApi['views'] = (noun) => this.#views.all(noun);
  do = (command: CommandInput): Promise<Ack> => this.#outbox.do(command);
  withdraw = (id: string): Promise<void> => this.#outbox.withdraw(id);

  open = (audience: Audience): (() => void) => {
    const pages = this.#pages.get(audience) ?? 0;
    this.#pages.set(audience, pages + 1);
    if (pages === 0) this.#link.open(audience);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const left = (this.#pages.get(audience) ?? 1) - 1;
      this.#pages.set(audience, left);
      if (left === 0) this.#link.close(audience);
    };
  };

  close(): void {
    this.#keep();
    this.#link.stop();
    this.#outbox.stop();
    this.#freshness.stop();
    clearInterval(this.#ticking);
    document.removeEventListener('visibilitychange', this.#seen);
    removeEventListener('online', this.#probe);
  }

  /** Opens from the page's own snapshot, else from what the phone kept (C3); the network comes after. */
  async #start(): Promise<void> {
    const inlined = takeInlined(this.slug);
    if (inlined !== undefined) {
      this.#clock.heard(inlined.serverNow, false);
      this.#views.apply(snapshotChange(inlined));
      this.#reached(inlined.cursor);
      this.#freshness.confirmedAt = inlined.serverNow;
    }
    this.#tick();
    this.#freshness.wait();
    const kept = await shelf.board(this.slug);
    if (kept !== undefined && inlined === undefined) {
      this.#views.apply({ audience: 'public', put: kept.views, whole: true });
      this.#reached(kept.cursor);
      this.#freshness.confirmedAt = kept.at;
    }
    if (kept?.person !== undefined) {
      this.person = kept.person;
      this.#views.apply({ audience: `person/${kept.person}`, put: kept.mine, whole: true });
    }
    this.#link.start(inlined?.cursor ?? kept?.cursor);
    await this.#outbox.start();
  }

  #listener(): LinkListener {
    return {
      changed: (change) => {
        this.#views.apply(change);
        this.#keeping ??= setTimeout(() => this.#keep(), KEEP_MS);
      },
      reached: (cursor) => this.#reached(cursor),
      dropped: (audience) => this.#views.drop(audience),
      person: (person) => {
        if (this.person !== undefined && this.person !== person) this.#views.drop(`person/${this.person}`);
        this.person = person;
      },
      clock: (serverNow, exact) => {
        this.#clock.heard(serverNow, exact);
        this.#tick();
      },
      state: (state) => {
        this.#freshness.enter(state);
        if (this.#link.canSend) this.#outbox.wake();
      },
      startedOver: () => void this.#outbox.startedOver(),
      confirmed: () => void (this.#freshness.confirmedAt = this.#clock.now()),
      ended: (why) => void (this.ended = why),
    };
  }

  #reached(cursor: Cursor): void {
    this.#rev = revOf(cursor);
  }

  /** Shown until the views hold its effect: until the cursor has reached the rev of its acknowledgement (C1). */
  #pendingOf({ id, command, at, answer }: Entry): readonly Pending[] {
    if (answer === undefined) return [{ id, command, at, state: { kind: 'waiting' } }];
    if (!answer.ack.ok || answer.ack.rev <= this.#rev) return [];
    return [{ id, command, at, state: { kind: 'done', rev: answer.ack.rev } }];
  }

  #tick(): void {
    this.now = this.#clock.now();
  }

  readonly #probe = (): void => this.#link.probe();

  readonly #seen = (): void => {
    if (document.visibilityState === 'hidden') {
      this.#keep();
      return;
    }
    this.#tick();
    this.#link.probe();
  };

  /** Keeps what is confirmed on the phone. */
  #keep(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const { cursor } = this.#link;
    if (cursor === undefined || !this.#views.holds('public')) return;
    const { person, slug } = this;
    const mine = person === undefined ? {} : { person };
    const views = this.#views.of('public');
    void shelf.keep({ slug, cursor, at: this.#freshness.confirmedAt, views, ...mine, mine: this.#views.of(`person/${person ?? ''}`) });
  }
}

/** Opens a board. There is one at a time; `close` it before the next. */
export const openLiveBoard = (slug: string, options: LiveBoardOptions = {}): LiveBoard => new Live(slug, options);
