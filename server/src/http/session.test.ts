import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSessions } from './session.ts';

const YEAR = 365 * 86_400_000;
let time = 1_800_000_000_000;
const parts = { now: () => time, random: (bytes: number) => randomBytes(bytes) };
const sessions = createSessions({ ...parts, secrets: ['first secret'] });
const cookieOf = (setCookie: string): string => setCookie.slice(0, setCookie.indexOf(';'));

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
});
