/**
 * A board in memory: its records, and the indexes that the rules ask. Pure (B1): no clock, no randomness, no I/O.
 */
import type { BoardRecord } from '@huddle/shared/board.ts';
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { HostLinkRecord, HostRecord } from '@huddle/shared/hosting.ts';
import type { ReportRecord } from '@huddle/shared/moderation.ts';
import type { NoticeRecord } from '@huddle/shared/notice.ts';
import type { PersonRecord } from '@huddle/shared/person.ts';
import type { PlaceRecord } from '@huddle/shared/place.ts';
import type { PushRecord } from '@huddle/shared/push.ts';
import { Agenda } from './agenda.ts';
import { type KnownRecord, type StoredRecord, withDefaults } from './records.ts';
import { Seats } from './seats.ts';

/** One noun's records under a second key, kept in step by `put`. */
class Index<R> {
  readonly #groups = new Map<string, Map<string, R>>();
  static readonly #none: ReadonlyMap<string, never> = new Map<string, never>();

  of(group: string): ReadonlyMap<string, R> {
    return this.#groups.get(group) ?? Index.#none;
  }

  put(group: string, key: string, record: R | undefined): void {
    const members = this.#groups.get(group);
    if (record === undefined) {
      members?.delete(key);
      if (members?.size === 0) this.#groups.delete(group);
    } else if (members === undefined) this.#groups.set(group, new Map([[key, record]]));
    else members.set(key, record);
  }
}

const NO_SEATS = new Seats();

/** What an imported entry is found by when it brings no id of its own. */
export const titleKey = (title: string, start: number): string => `title:${start}:${title.normalize('NFKC').toLowerCase()}`;

const sourceKeys = (gathering: GatheringRecord): string[] => [
  titleKey(gathering.title, gathering.start),
  ...(gathering.source?.uid === undefined ? [] : [`uid:${gathering.source.uid}`]),
  ...(gathering.source?.key === undefined ? [] : [`key:${gathering.source.key}`]),
];

export class Board {
  /** The revision these records are at. */
  rev = 0;
  readonly #records = new Map<string, StoredRecord>();
  readonly #gatherings = new Map<string, GatheringRecord>();
  readonly #seats = new Map<string, Seats>();
  readonly #rsvpsBy = new Index<string>();
  readonly #hostsOf = new Index<HostRecord>();
  readonly #hostedBy = new Index<HostRecord>();
  readonly #noticesOf = new Index<NoticeRecord>();
  readonly #reportsOf = new Index<ReportRecord>();
  readonly #postedBy = new Index<GatheringRecord>();
  readonly #bySource = new Index<GatheringRecord>();
  readonly #planOf = new Index<string>();
  readonly #pushOf = new Index<PushRecord>();
  readonly #pushAt = new Index<PushRecord>();
  /** All but RSVPs, which are most of a large board and have {@link Seats}. */
  readonly #byType = new Index<StoredRecord>();
  /** When something may be due (B8). */
  readonly agenda = new Agenda();

  /** The rev that the next commit makes; records put by a decision carry it. */
  get nextRev(): number {
    return this.rev + 1;
  }

  get records(): ReadonlyMap<string, StoredRecord> {
    return this.#records;
  }

  get gatherings(): ReadonlyMap<string, GatheringRecord> {
    return this.#gatherings;
  }

  /** The board's own record; undefined until it has been created. */
  get self(): BoardRecord | undefined {
    return this.all('board')[0];
  }

  /** Every record of a type. */
  all<T extends KnownRecord['type']>(type: T): Extract<KnownRecord, { type: T }>[] {
    const found =
      type === 'rsvp' ? [...this.#seats.values()].flatMap(({ answers }) => [...answers.values()]) : this.#byType.of(type).values();
    return [...found] as Extract<KnownRecord, { type: T }>[];
  }

  get<T extends KnownRecord['type']>(type: T, key: string): Extract<KnownRecord, { type: T }> | undefined {
    return this.#records.get(`${type}/${key}`) as Extract<KnownRecord, { type: T }> | undefined;
  }

  gathering(key: string): GatheringRecord | undefined {
    return this.#gatherings.get(key);
  }

  person(key: string): PersonRecord | undefined {
    return this.get('person', key);
  }

  place(key: string): PlaceRecord | undefined {
    return this.get('place', key);
  }

  hostLink(token: string): HostLinkRecord | undefined {
    return this.get('host-link', token);
  }

  /** The answers to a gathering. */
  seats(gathering: string): Seats {
    return this.#seats.get(gathering) ?? NO_SEATS;
  }

  /** Keys of the gatherings that a person has an answer to. */
  rsvpsBy(person: string): Iterable<string> {
    return this.#rsvpsBy.of(person).keys();
  }

  hostsOf(gathering: string): ReadonlyMap<string, HostRecord> {
    return this.#hostsOf.of(gathering);
  }

  hostedBy(person: string): ReadonlyMap<string, HostRecord> {
    return this.#hostedBy.of(person);
  }

  /** A gathering's notices; of the whole board under ''. */
  noticesOf(gathering: string): ReadonlyMap<string, NoticeRecord> {
    return this.#noticesOf.of(gathering);
  }

  reportsOf(gathering: string): ReadonlyMap<string, ReportRecord> {
    return this.#reportsOf.of(gathering);
  }

  postedBy(person: string): ReadonlyMap<string, GatheringRecord> {
    return this.#postedBy.of(person);
  }

  /** The person whose plan that link shows. */
  planOf(token: string): string | undefined {
    return this.#planOf.of(token).values().next().value;
  }

  /** A person's subscriptions to push. */
  pushOf(person: string): ReadonlyMap<string, PushRecord> {
    return this.#pushOf.of(person);
  }

  /** Subscriptions of one browser: of more than one person, where they share a phone. */
  pushAt(endpoint: string): ReadonlyMap<string, PushRecord> {
    return this.#pushAt.of(endpoint);
  }

  /** Whether nobody is subscribed. */
  get hasNoPush(): boolean {
    return this.#byType.of('push').size === 0;
  }

  /** The gathering that an imported list knows by `uid:…`, `key:…` or {@link titleKey}. */
  bySource(key: string): GatheringRecord | undefined {
    return this.#bySource.of(key).values().next().value;
  }

  /**
   * Puts a record, or takes it away when `next` is undefined, and returns what was there – which, put back, undoes it. Nothing else
   * touches an index (B10).
   */
  put(id: string, next: StoredRecord | undefined): StoredRecord | undefined {
    const previous = this.#records.get(id);
    if (previous !== undefined) this.#index(previous as KnownRecord, false);
    if (next === undefined) {
      this.#records.delete(id);
      return previous;
    }
    const record = withDefaults(next);
    this.#records.set(id, record);
    this.#index(record as KnownRecord, true);
    return previous;
  }

  #index(record: KnownRecord, present: boolean): void {
    const keep = <R>(value: R): R | undefined => (present ? value : undefined);
    if (record.type !== 'rsvp') this.#byType.put(record.type, record.id, keep<StoredRecord>(record));
    this.agenda.put(record, present);
    switch (record.type) {
      case 'gathering': {
        const key = record.id.slice('gathering/'.length);
        if (present) this.#gatherings.set(key, record);
        else this.#gatherings.delete(key);
        if (record.createdBy !== undefined) this.#postedBy.put(record.createdBy, key, keep(record));
        for (const source of sourceKeys(record)) this.#bySource.put(source, key, keep(record));
        break;
      }
      case 'rsvp':
        this.#indexRsvp(record.gathering, record.person, keep(record));
        break;
      case 'host':
        this.#hostsOf.put(record.gathering, record.person, keep(record));
        this.#hostedBy.put(record.person, record.gathering, keep(record));
        break;
      case 'notice':
        this.#noticesOf.put(record.gathering ?? '', record.id, keep(record));
        break;
      case 'plan-link':
        this.#planOf.put(record.token, record.id, keep(record.id.slice('plan-link/'.length)));
        break;
      case 'push':
        this.#pushOf.put(record.person, record.id, keep(record));
        this.#pushAt.put(record.endpoint, record.id, keep(record));
        break;
      case 'report':
        this.#reportsOf.put(record.gathering, record.person, keep(record));
        break;
      default: // needs no index of its own, or a type that a later release wrote (B9)
    }
  }

  #indexRsvp(gathering: string, person: string, record: Parameters<Seats['put']>[1]): void {
    const seats = this.#seats.get(gathering) ?? new Seats();
    seats.put(person, record);
    if (seats.answers.size === 0) this.#seats.delete(gathering);
    else this.#seats.set(gathering, seats);
    this.#rsvpsBy.put(person, gathering, record === undefined ? undefined : gathering);
  }
}
