import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EpochRecord } from '@huddle/shared/session.ts';
import { createSessions, type Sessions } from './session.ts';

const YEAR = 365 * 86_400_000;
let time = 1_800_000_000_000;
/** What is over, by person. */
const epochs = new Map<string, EpochRecord>();
const parts = { now: () => time, random: (bytes: number) => randomBytes(bytes), epochOf: (person: string) => epochs.get(person) };
const sessions = createSessions({ ...parts, secrets: ['first secret'] });
const cookieOf = (setCookie: string): string => setCookie.slice(0, setCookie.indexOf(';'));

const sessionOf = (from: Sessions, setCookie: string) => {
  const shown = from.shown(cookieOf(setCookie));
  if (shown === undefined || !('session' in shown)) throw new Error('no session');
  return shown.session;
};
const end = (person: string, more: Partial<EpochRecord>): void =>
  void epochs.set(person, { id: `epoch/${person}`, type: 'epoch', rev: 1, since: 0, ended: [], at: time, ...more });

describe('a session', () => {
  test('names the person it was issued to, among other cookies', () => {
    const { person, setCookie } = sessions.issue(false);
    expect(person).toMatch(/^[A-Za-z0-9_-]{12}$/);
    expect(sessions.personOf(`a=1; ${cookieOf(setCookie)}; b=2`)).toBe(person);
  });

  test('is out of reach for scripts and for other sites, and leaves https only over https', () => {
    expect(sessions.issue(false).setCookie).toMatch(/; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
    expect(sessions.issue(true).setCookie).toMatch(/; Secure$/);
  });

  test('two people are never the same', () => {
    const people = new Set(Array.from({ length: 1000 }, () => sessions.issue(false).person));
    expect(people.size).toBe(1000);
  });

  test('ends after a year', () => {
    const { person, setCookie } = sessions.issue(false);
    time += YEAR - 2000;
    expect(sessions.personOf(cookieOf(setCookie))).toBe(person);
    time += 4000;
    expect(sessions.personOf(cookieOf(setCookie))).toBeUndefined();
  });

  test('outlives a change of the secret while the old one is still named, and no longer', () => {
    const { person, setCookie } = sessions.issue(false);
    const changed = createSessions({ ...parts, secrets: ['second secret', 'first secret'] });
    const later = createSessions({ ...parts, secrets: ['second secret'] });
    expect(changed.personOf(cookieOf(setCookie))).toBe(person);
    expect(later.personOf(cookieOf(setCookie))).toBeUndefined();
    expect(later.personOf(cookieOf(changed.issue(false).setCookie))).toBeDefined();
  });

  test('cannot be altered in any character', () => {
    const cookie = cookieOf(sessions.issue(false).setCookie);
    const begin = cookie.indexOf('=') + 1;
    // The last character of the signature carries four bits, so two characters there may read the same.
    fc.assert(
      fc.property(fc.integer({ min: begin, max: cookie.length - 2 }), fc.constantFrom('a', 'Z', '0', '9', '-', '_', '.'), (at, letter) => {
        fc.pre(cookie[at] !== letter);
        expect(sessions.personOf(cookie.slice(0, at) + letter + cookie.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  test('of a stranger is none, whatever they send', () => {
    fc.assert(fc.property(fc.string(), (text) => sessions.personOf(`huddle_session=${text}`) === undefined));
    expect(sessions.personOf(undefined)).toBeUndefined();
    expect(sessions.personOf('')).toBeUndefined();
  });

  test('is found behind a cookie of the same name that somebody else set', () => {
    const { person, setCookie } = sessions.issue(false);
    expect(sessions.personOf(`huddle_session=forged; ${cookieOf(setCookie)}`)).toBe(person);
  });

  test('X8: is over once its person has signed out of it; another one of the same person goes on', () => {
    const { person, setCookie } = sessions.issue(false);
    const other = sessions.issue(false, { person, issued: time });
    const { id, issued } = sessionOf(sessions, setCookie);
    end(person, { ended: [{ session: id, issued }] });
    expect(sessions.shown(cookieOf(setCookie))).toEqual({ over: true });
    expect(sessions.personOf(cookieOf(setCookie))).toBeUndefined();
    expect(sessions.personOf(cookieOf(other.setCookie))).toBe(person);
  });

  test('X8: all until a moment are over once their person has signed out everywhere; one that is issued after it is good', () => {
    const { person, setCookie } = sessions.issue(false);
    const sinceAheadOfUs = time + 5000;
    end(person, { since: sinceAheadOfUs });
    expect(sessions.shown(cookieOf(setCookie))).toEqual({ over: true });
    for (const [issued, good] of [
      [sinceAheadOfUs, undefined],
      [sinceAheadOfUs + 1, person],
    ] as const) {
      expect(sessions.personOf(cookieOf(sessions.issue(false, { person, issued }).setCookie))).toBe(good);
    }
  });

  test('B9: a cookie of release 0.1, which names no session and tells seconds, is read, and can be over', () => {
    const body = `person123456.${Math.floor(time / 1000).toString(36)}`;
    const cookie = `huddle_session=${body}.${createHmac('sha256', 'first secret').update(`session.${body}`).digest('base64url')}`;
    expect(sessions.personOf(cookie)).toBe('person123456');
    end('person123456', { ended: [{ session: '', issued: time }] });
    expect(sessions.shown(cookie)).toEqual({ over: true });
  });
});
