import { describe, expect, it } from 'vitest';
import { liveFixture } from '../gathering/live-fixture.ts';
import { myName } from './name.ts';

describe('my name', () => {
  it('is none for somebody new', () => {
    expect(myName(liveFixture([]))).toBe('');
    expect(myName(liveFixture([{ id: 'me/p', name: '', readTo: 0 }], { person: 'p' }))).toBe('');
  });

  it('is known once it is on its way, so that nobody is asked twice while offline', () => {
    const pending = [{ id: 'c', command: { type: 'setName', name: 'Bo' }, state: { kind: 'waiting' }, at: 0 }] as const;
    expect(myName(liveFixture([], { pending }))).toBe('Bo');
    expect(myName(liveFixture([{ id: 'me/p', name: 'Ada', readTo: 0 }], { person: 'p' }))).toBe('Ada');
  });
});
