/** A board's server as a phone sees it, small enough to reason about: commits, a short ring, snapshots that lag, forks, and cuts. */
import type { Ack, Audience, Change, Cursor, SentCommand, Snapshot, View } from '@huddle/shared/protocol.ts';
import type { BoardHttp, SnapshotAnswer } from './http.ts';
import type { Dial, Line, LineEvents } from './line.ts';

/** How many commits the ring remembers. */
const RING = 4;
/** How long a message is under way, ms. */
const WAY_MS = 20;

interface Commit {
  readonly rev: number;
  readonly token: string;
  readonly ids: readonly string[];
  /** The board as it was then. */
  readonly views: ReadonlyMap<string, View>;
}

interface Phone {
  readonly events: LineEvents;
  readonly person: string | undefined;
  readonly joined: Set<Audience>;
  /** Its packets go nowhere, and nobody is told. */
  deaf: boolean;
  over: boolean;
}

/** Asked anew after each wait. */
const gone = (phone: Phone): boolean => phone.over;

export class FakeServer {
  views: ReadonlyMap<string, View> = new Map();
  commits: readonly Commit[] = [{ rev: 0, token: 't0', ids: [], views: new Map() }];
  phones: readonly Phone[] = [];
  person: string | undefined;
  httpUp = true;
  socketsUp = true;
  commands: readonly SentCommand[] = [];
  #tokens = 0;
  #kept: { readonly snapshot: Snapshot; readonly at: number } | undefined;

  get head(): Commit {
    const head = this.commits.at(-1);
    if (head === undefined) throw new Error('there is always a first commit');
    return head;
  }

  get cursor(): Cursor {
    return `${this.head.rev}.${this.head.token}`;
  }

  /** Seats taken at gatherings; undefined: the gathering goes. */
  commit(changes: Readonly<Record<string, number | undefined>>): void {
    const ids = Object.keys(changes).map((key) => `seats/${key}` as const);
    const views = new Map(this.views);
    for (const id of ids) {
      const taken = changes[id.slice('seats/'.length)];
      if (taken === undefined) views.delete(id);
      else views.set(id, { id, taken });
    }
    this.views = views;
    this.commits = [...this.commits, { rev: this.head.rev + 1, token: `t${(this.#tokens += 1)}`, ids, views }];
    const change = this.#changeOf(ids);
    for (const phone of this.phones) if (phone.joined.has('public')) this.#say(phone, (events) => events.change(change));
  }

  /** The last commits are lost, as by a failover; another history begins at once. */
  fork(lost: number): void {
    this.commits = this.commits.slice(0, Math.max(1, this.commits.length - lost));
    this.views = this.head.views;
    this.#kept = undefined;
    for (const phone of this.phones) this.cut(phone);
    this.commit({ fork: this.#tokens });
  }

  cut(phone: Phone | undefined): void {
    if (phone === undefined || phone.over) return;
    phone.over = true;
    this.phones = this.phones.filter((one) => one !== phone);
    phone.events.lost();
  }

  get publicViews(): readonly View[] {
    return [...this.views.values()];
  }

  readonly dial: Dial = (events) => {
    const phone: Phone = { events, person: this.person, joined: new Set(), deaf: false, over: false };
    setTimeout(() => {
      if (phone.over) return;
      if (!this.socketsUp) {
        phone.over = true;
        events.lost();
        return;
      }
      this.phones = [...this.phones, phone];
      const me = phone.person === undefined ? {} : { person: phone.person, views: [this.#me(phone.person)] };
      this.#say(phone, () => events.welcome({ version: 1, serverNow: Date.now(), ...me }));
    }, WAY_MS);
    return this.#line(phone);
  };

  readonly http: BoardHttp = {
    snapshot: async (etag) => {
      await this.#way();
      return this.#snapshot(etag);
    },
    me: async () => {
      if (!this.httpUp) return undefined;
      return this.person === undefined ? 'nobody' : { person: this.person, views: [this.#me(this.person)] };
    },
    gathering: async (id) => (this.httpUp ? [{ id: `details/${id}`, notices: [] }] : undefined),
    command: async (command) => (this.httpUp ? this.#answer(command) : undefined),
    session: async () => {
      if (this.httpUp) this.person ??= 'someone';
      return this.httpUp;
    },
  };

  #line(phone: Phone): Line {
    const ask = async <A>(answer: () => A): Promise<A | undefined> => {
      await this.#way();
      if (gone(phone)) return undefined;
      // A deaf line never answers; the caller's own patience ends it.
      if (phone.deaf) return new Promise(() => undefined);
      const answered = answer();
      await this.#way();
      return gone(phone) ? undefined : answered;
    };
    return {
      resume: (cursor) =>
        ask(() => {
          const missed = this.#since(cursor);
          if (missed === undefined) return { startOver: true };
          phone.joined.add('public');
          return { change: missed };
        }),
      command: (command) => ask(() => this.#answer(command)),
      open: (audience) =>
        ask(() => {
          phone.joined.add(audience);
          const key = audience.slice(audience.indexOf('/') + 1);
          return { ok: true, change: { audience, put: [{ id: `details/${key}`, notices: [] }], whole: true } };
        }),
      close: (audience) => void phone.joined.delete(audience),
      hangUp: () => {
        phone.over = true;
        this.phones = this.phones.filter((one) => one !== phone);
      },
    };
  }

  #way(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, WAY_MS));
  }

  #say(phone: Phone, say: (events: LineEvents) => void): void {
    setTimeout(() => {
      if (!phone.over && !phone.deaf) say(phone.events);
    }, WAY_MS);
  }

  #me(person: string): View {
    return { id: `me/${person}`, name: 'Someone', readTo: 0 };
  }

  #answer(command: SentCommand): Ack {
    this.commands = [...this.commands, command];
    this.commit({ commanded: this.commands.length });
    return { ok: true, rev: this.head.rev };
  }

  #changeOf(ids: readonly string[]): Change {
    const put = ids.flatMap((id) => this.views.get(id) ?? []);
    return { audience: 'public', cursor: this.cursor, put, gone: ids.filter((id) => !this.views.has(id)) };
  }

  /** Whole views touched after the cursor, or undefined when the ring does not know it (N6). */
  #since(cursor: Cursor): Change | undefined {
    const ring = this.commits.slice(-RING);
    const at = ring.findIndex(({ rev, token }) => cursor === `${rev}.${token}`);
    return at < 0 ? undefined : this.#changeOf([...new Set(ring.slice(at + 1).flatMap(({ ids }) => ids))]);
  }

  /** At most a second old. */
  #snapshot(known: string | undefined): SnapshotAnswer {
    if (!this.httpUp) return { kind: 'away' };
    if (this.#kept === undefined || Date.now() - this.#kept.at > 1000) this.#kept = { snapshot: this.#take(), at: Date.now() };
    const { snapshot } = this.#kept;
    const etag = `"${snapshot.cursor}"`;
    return etag === known ? { kind: 'same' } : { kind: 'snapshot', snapshot, etag };
  }

  #take(): Snapshot {
    const gatherings = this.publicViews.flatMap((view) =>
      'taken' in view
        ? [{ id: view.id.slice('seats/'.length), taken: view.taken, title: 't', kind: 'other' as const, start: 0, end: 1, hosts: [] }]
        : [],
    );
    const board = { id: 'board/b', name: 'B', zone: 'UTC', from: '2026-01-01', to: '2026-01-02' } as const;
    return { cursor: this.cursor, serverNow: Date.now(), board, places: [], notices: [], gatherings };
  }
}
