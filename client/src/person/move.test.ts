import type { View } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { liveFixture } from '../gathering/live-fixture.ts';
import { isSomebody, moveLink, moveTokenIn } from './move.ts';

const token = 'aB3-_'.padEnd(22, 'x');

describe('the link to another phone', () => {
  it('carries its token where no server sees it, and gives it back', () => {
    const link = moveLink('http://192.168.1.2:3000', 'week', token);
    expect(new URL(link).pathname + new URL(link).search).toBe('/b/week/me');
    expect([moveTokenIn(link), moveTokenIn(new URL(link).hash), moveTokenIn(` ${link}\n`)]).toEqual([token, token, token]);
  });

  it.each(['', '#move=', `#move=${token}x`, `?move=${token}`, 'https://example.org/'])('is not %j', (text) => {
    expect(moveTokenIn(text)).toBeUndefined();
  });
});

describe('who would be missed on this phone', () => {
  const me = (name: string): View => ({ id: 'me/p', name, readTo: 0 });
  it('is who has a name, a seat, a post, or something on its way', () => {
    const seat: View = { id: 'my-rsvp/g', status: 'going', party: 1, rev: 1 };
    const pending = [{ id: 'c', command: { type: 'setName', name: 'Bo' }, state: { kind: 'waiting' }, at: 0 }] as const;
    expect(isSomebody(liveFixture([me('Ada')], { person: 'p' }))).toBe(true);
    expect(isSomebody(liveFixture([me(''), seat], { person: 'p' }))).toBe(true);
    expect(isSomebody(liveFixture([], { pending }))).toBe(true);
  });

  it('is nobody who only looked', () => {
    expect(isSomebody(liveFixture([]))).toBe(false);
    expect(isSomebody(liveFixture([me('')], { person: 'p' }))).toBe(false);
  });
});
