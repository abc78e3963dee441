/**
 * When something about a record may be due (B8), in buckets of an hour, so that whoever asks at every beat looks at what is near and
 * not at ten thousand gatherings. Derived from records by `Board.put` alone (B10).
 */
import { HOUR, MINUTE } from '@huddle/shared/time.ts';
import { REMIND_MS } from '@huddle/shared/notice.ts';
import type { KnownRecord } from './records.ts';
import { SESSION_LIFE } from './session.ts';

/** What is done at a time; `due.ts` has the command of each. */
export type Duty = 'expireHostLink' | 'remindGuests' | 'releaseSeats' | 'expireEpoch' | 'expireMove';

/** From when until when (epoch ms) a duty concerning that thing is to be looked at. */
export interface Appointment {
  readonly duty: Duty;
  /** The record's key. */
  readonly key: string;
  readonly from: number;
  readonly until: number;
}

/** The times of each noun; a noun that is not here has none. */
const TIMES: { readonly [T in KnownRecord['type']]?: (record: Extract<KnownRecord, { type: T }>) => Omit<Appointment, 'key'>[] } = {
  'host-link': ({ expires }) => [{ duty: 'expireHostLink', from: expires, until: Infinity }],
  epoch: ({ at }) => [{ duty: 'expireEpoch', from: at + SESSION_LIFE, until: Infinity }],
  move: ({ expires }) => [{ duty: 'expireMove', from: expires, until: Infinity }],
  gathering: ({ start, end, capacity, releaseAfter, cancelled, hidden }) => {
    if (cancelled || hidden) return [];
    const remind = { duty: 'remindGuests', from: start - REMIND_MS, until: start } as const;
    if (releaseAfter === 0 || capacity === null) return [remind];
    return [remind, { duty: 'releaseSeats', from: start + releaseAfter * MINUTE, until: end }];
  },
};

const NONE: readonly Appointment[] = [];

const appointmentsOf = (record: KnownRecord): readonly Appointment[] => {
  const times = TIMES[record.type] as ((record: KnownRecord) => Omit<Appointment, 'key'>[]) | undefined;
  if (times === undefined) return NONE;
  const key = record.id.slice(record.type.length + 1);
  return times(record).map((time) => ({ ...time, key }));
};

const bucketOf = ({ from }: Appointment): number => Math.floor(from / HOUR);
const idOf = ({ duty, key }: Appointment): string => `${duty} ${key}`;

export class Agenda {
  readonly #buckets = new Map<number, Map<string, Appointment>>();

  /** Takes the times of a record in, or out. Called by `Board.put` alone (B10). */
  put(record: KnownRecord, present: boolean): void {
    for (const appointment of appointmentsOf(record)) {
      const bucket = bucketOf(appointment);
      const there = this.#buckets.get(bucket) ?? new Map<string, Appointment>();
      if (present) there.set(idOf(appointment), appointment);
      else there.delete(idOf(appointment));
      if (there.size === 0) this.#buckets.delete(bucket);
      else this.#buckets.set(bucket, there);
    }
  }

  /** What may be due at that time. What is over for good is let go of: time does not come back. */
  at(now: number): Appointment[] {
    const found: Appointment[] = [];
    for (const [bucket, appointments] of this.#buckets) {
      if (bucket * HOUR > now) continue;
      for (const [id, appointment] of appointments) {
        if (appointment.until <= now) appointments.delete(id);
        else if (appointment.from <= now) found.push(appointment);
      }
      if (appointments.size === 0) this.#buckets.delete(bucket);
    }
    return found;
  }

  /** Whether anything begins to be due before that time: then the board must not be unloaded. */
  isBusyBefore(time: number): boolean {
    for (const [bucket, appointments] of this.#buckets) {
      if (bucket * HOUR >= time) continue;
      for (const { from } of appointments.values()) if (from < time) return true;
    }
    return false;
  }
}
