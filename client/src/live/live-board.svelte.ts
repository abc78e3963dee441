/** One board, live: views confirmed by the server, and my commands on their way to it (C1). Implements what screens know, `LiveBoardApi`. */
import { snapshotChange, type Audience, type CommandInput, type Cursor, type View } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi, Standing } from './api.ts';
import { createClock } from './clock.ts';
import type { Engine } from './engine.ts';
import { Freshness } from './freshness.svelte.ts';
import type { Ended, LinkListener } from './held.ts';
import type { Outcome } from './box.ts';
import { remember } from './memory.ts';
import { takeInlined } from './snapshot.ts';
import { nextTurn } from './turn.ts';
import { Views } from './views.svelte.ts';
import { Wishes } from './wishes.svelte.ts';

export interface LiveBoard extends LiveBoardApi {
  /** Why this board can never be shown. */
  readonly ended: Ended | undefined;
  /** Lets go of the connection. */
  close(): void;
}

export interface LiveBoardOptions {
  /** The outcome of a command from before a reload: no page waits for it any more. */
  readonly unheard?: (command: CommandInput, ack: Outcome) => void;
  /** I have been signed out of this phone, by another one. */
  readonly signedOut?: () => void;
}

const TICK_MS = 10_000;
/** Changes are kept this long after the first of them. */
const KEEP_MS = 3000;
/** How long to wait before the engine, which did not load, is loaded again. */
const AGAIN_MS = 3000;

/** Nothing can be live without it, so there is no giving up. What is being drawn comes first. */
const loadEngine = async () => {
  await new Promise((resolve) => setTimeout(resolve));
  for (;;) {
    try {
      return await import('./engine.ts');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
};

class Live implements LiveBoard {
  readonly slug: string;
  person = $state<string>();
  now = $state(Date.now());
  ended = $state<Ended>();
  relaxed = $state(false);
  // What I did myself is kept at once: whoever closes the page now has to find it there.
  readonly #wishes = new Wishes(() => this.#keep());
  readonly #clock = createClock(() => Date.now());
  readonly #views = new Views();
  readonly #freshness = new Freshness(Date.now());
  /** How many pages keep each audience open. */
  readonly #pages = new Map<Audience, number>();
  readonly #ready: Promise<Engine>;
  #engine: Engine | undefined;
  #closed = false;
  #ticking: ReturnType<typeof setTimeout> | undefined;
  /** When `now` is told next, by the server's clock. */
  #next = 0;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(slug: string, { unheard, signedOut }: LiveBoardOptions) {
    this.slug = slug;
    remember('last-board', slug);
    const cursor = this.#showInlined();
    // Now, because the address changes with the first tap, and scripts may load after it.
    const { search } = location;
    this.#tick();
    this.#freshness.wait();
    document.addEventListener('visibilitychange', this.#seen);
    addEventListener('online', this.#probe);
    this.#ready = loadEngine().then(({ createEngine }) =>
      createEngine({
        slug,
        search,
        listener: this.#listener(signedOut),
        entries: (entries) => this.#wishes.take(entries),
        unheard: ({ command }, ack) => unheard?.(command, ack),
      }),
    );
    void this.#start(cursor);
  }

  get standing(): Standing {
    return this.#freshness.standing;
  }
  get pending(): LiveBoardApi['pending'] {
    return this.#wishes.pending;
  }
  get answered(): LiveBoardApi['answered'] {
    return this.#wishes.answered;
  }

  view: LiveBoardApi['view'] = (noun, key) => this.#views.one(noun, key);
  views: LiveBoardApi['views'] = (noun) => this.#views.all(noun);
  details: LiveBoardApi['details'] = (gathering) => this.#views.one('details', gathering) ?? this.#engine?.details.of(gathering);
  do = async (command: CommandInput): Promise<Outcome> => (await this.#ready).outbox.do(command);
  withdraw = async (id: string): Promise<void> => (await this.#ready).outbox.withdraw(id);
  replace: LiveBoardApi['replace'] = async (id, command) => (await this.#ready).outbox.replace(id, command);
  hold: LiveBoardApi['hold'] = async (id) => (await this.#ready).outbox.hold(id);
  seen: LiveBoardApi['seen'] = async (ids) => (await this.#ready).outbox.seen(ids);

  open = (audience: Audience): (() => void) => {
    const pages = this.#pages.get(audience) ?? 0;
    this.#pages.set(audience, pages + 1);
    if (pages === 0 && this.#engine !== undefined) this.#openOn(this.#engine, audience);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const left = (this.#pages.get(audience) ?? 1) - 1;
      this.#pages.set(audience, left);
      if (left > 0) return;
      if (this.#engine === undefined) this.#views.drop(audience);
      else this.#engine.link.close(audience);
    };
  };

  forget = async (): Promise<void> => {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    this.#unknow(this.person ?? '');
    this.person = undefined;
    await (await this.#ready).forget();
  };

  close(): void {
    this.#keep();
    this.#closed = true;
    this.#engine?.stop();
    this.#freshness.stop();
    clearTimeout(this.#ticking);
    document.removeEventListener('visibilitychange', this.#seen);
    removeEventListener('online', this.#probe);
  }

  /** What the page brought along is shown before anything else is loaded. */
  #showInlined(): Cursor | undefined {
    const inlined = takeInlined(this.slug);
    if (inlined === undefined) return undefined;
    this.#clock.heard(inlined.serverNow, false);
    this.#views.apply(snapshotChange(inlined));
    const { opened } = inlined;
    if (opened !== undefined) this.#views.apply({ audience: `gathering/${opened.gathering}`, put: opened.views, whole: true });
    this.#wishes.reached(inlined.cursor);
    this.#freshness.confirmedAt = inlined.serverNow;
    return inlined.cursor;
  }

  /** What the phone kept (C3), as far as the page did not bring it along; then the network. */
  async #start(inlined: Cursor | undefined): Promise<void> {
    const engine = await this.#ready;
    const kept = await engine.shelf.board(this.slug);
    if (this.#closed) return;
    if (kept !== undefined && inlined === undefined) {
      this.#views.apply({ audience: 'public', put: kept.views, whole: true });
      this.#wishes.reached(kept.cursor);
      this.#freshness.confirmedAt = kept.at;
    }
    if (kept?.person !== undefined) {
      this.person = kept.person;
      this.#views.apply({ audience: `person/${kept.person}`, put: kept.mine, whole: true });
    }
    this.#engine = engine;
    engine.details.take(kept?.details ?? []);
    const cards = new Map<string, View>(kept?.views.map((view) => [view.id, view]));
    engine.details.hear({ put: this.#views.of('public'), whole: true }, (id) => cards.get(id));
    for (const [audience, pages] of this.#pages) if (pages > 0) this.#openOn(engine, audience);
    engine.link.start(inlined ?? kept?.cursor);
    await engine.outbox.start();
  }

  /** What somebody saw is not for the next one on this page. */
  #unknow(person: string): void {
    this.#views.drop(`person/${person}`);
    this.#engine?.details.clear();
  }

  /** What the phone keeps of a page is shown until the server says how it is now. */
  #openOn(engine: Engine, audience: Audience): void {
    const kept = audience.startsWith('gathering/') ? engine.details.of(audience.slice('gathering/'.length)) : undefined;
    if (kept !== undefined && !this.#views.holds(audience)) this.#views.apply({ audience, put: [kept], whole: true });
    engine.link.open(audience);
  }

  /** Details of what I go to or host, and has not ended, are fetched ahead: they have to be there without a network (C3). */
  async #fetchMine(engine: Engine): Promise<void> {
    const mine = this.#views.of(`person/${this.person ?? ''}`);
    if (await engine.fetchDetails(mine, this.#views.of('public'), this.#clock.now())) this.#keep();
  }

  #listener(signedOut?: () => void): LinkListener {
    /** Said, or found out: whoever else asked first, the worker too, may have been told, and the session is there no more. */
    const leave = (): void => {
      if (this.person === undefined) return;
      void this.forget();
      signedOut?.();
    };
    return {
      changed: (change) => {
        if (change.audience === 'public') this.#engine?.details.hear(change, (id) => this.#views.one('card', id.slice('card/'.length)));
        this.#views.apply(change);
        this.#schedule(change.put);
        this.#keeping ??= setTimeout(() => {
          this.#keep();
          if (this.#engine !== undefined && this.standing.kind === 'live') void this.#fetchMine(this.#engine);
        }, KEEP_MS);
      },
      reached: (cursor) => this.#wishes.reached(cursor),
      dropped: (audience) => this.#views.drop(audience),
      person: (person) => {
        const before = this.person;
        if (before !== undefined && person === undefined) leave();
        else if (before !== undefined && before !== person) this.#unknow(before);
        this.person = person;
      },
      relaxed: (relaxed) => (this.relaxed = relaxed),
      clock: (serverNow, exact) => {
        this.#clock.heard(serverNow, exact);
        this.#tick();
      },
      state: (state) => {
        this.#freshness.enter(state);
        if (this.#engine?.link.canSend === true) this.#engine.outbox.wake();
      },
      startedOver: () => void this.#engine?.outbox.startedOver(),
      signedOut: leave,
      confirmed: () => void (this.#freshness.confirmedAt = this.#clock.now()),
      ended: (why) => void (this.ended = why),
    };
  }

  #tick(): void {
    this.now = this.#clock.now();
    this.#next = this.now + TICK_MS;
    this.#schedule(this.#views.of('public'));
  }

  /** `now` is told every so often, and at once when one of these begins or ends: nobody looks at a clock that is late. */
  #schedule(views: readonly View[]): void {
    this.#next = nextTurn(views, this.now, this.#next);
    clearTimeout(this.#ticking);
    this.#ticking = setTimeout(() => this.#tick(), this.#next - this.#clock.now());
  }

  readonly #probe = (): void => this.#engine?.link.probe();

  readonly #seen = (): void => {
    if (document.visibilityState === 'hidden') {
      this.#keep();
      return;
    }
    this.#tick();
    this.#probe();
    this.#engine?.outbox.look();
  };

  /** Keeps what is confirmed on the phone. */
  #keep(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    const engine = this.#engine;
    const cursor = engine?.link.cursor;
    if (engine === undefined || cursor === undefined || !this.#views.holds('public')) return;
    const { person, slug } = this;
    const { details, shelf } = engine;
    for (const audience of this.#pages.keys()) details.take(this.#views.of(audience));
    const me = person === undefined ? {} : { person };
    const [views, mine] = [this.#views.of('public'), this.#views.of(`person/${person ?? ''}`)];
    void shelf.keep({ slug, cursor, at: this.#freshness.confirmedAt, views, ...me, mine, details: details.all });
  }
}

/** Opens a board. There is one at a time; `close` it before the next. */
export const openLiveBoard = (slug: string, options: LiveBoardOptions = {}): LiveBoard => new Live(slug, options);
