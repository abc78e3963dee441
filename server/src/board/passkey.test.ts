/** Passkeys: whose they are, what they open, and for how long. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import type { Actor, Decision } from './rule.ts';
import { MINUTE, NOON, Scene, person, refusalOf, resultOf } from './scene.ts';

const SYSTEM: Actor = { kind: 'system' };
const ada = person('ada').id;
const key = (letter: string): string => letter.repeat(43);
type Add = Extract<CommandInput, { type: 'addPasskey' }>;
type Use = Extract<CommandInput, { type: 'usePasskey' }>;
const add: Add = {
  ...{ type: 'addPasskey', person: ada, by: { session: 'phone0000000', issued: NOON - 1 }, key: key('k') },
  ...{ credential: 'credential', publicKey: 'key', counter: 0, name: 'iPhone' },
};
const use: Use = { type: 'usePasskey', key: key('k'), counter: 0, challenge: key('c'), until: NOON + 5 * MINUTE };
const kept = (more: Partial<Add> = {}): Scene => new Scene().given(SYSTEM, { ...add, ...more });
const uses = (scene: Scene, more: Partial<Use> = {}): Decision => scene.does(SYSTEM, { ...use, ...more });

describe('a passkey', () => {
  it('makes whoever signs with it its person, and says when it last did', () => {
    const scene = kept();
    scene.now = NOON + 1;
    expect(resultOf(uses(scene))).toEqual({ person: ada, issued: NOON + 1 });
    expect(scene.board.get('passkey', key('k'))).toMatchObject({ person: ada, name: 'iPhone', at: NOON, usedAt: NOON + 1 });
  });

  it('answers each challenge once, and none whose time is over', () => {
    const scene = kept();
    uses(scene);
    expect(refusalOf(uses(scene))).toBe('linkExpired');
    expect(refusalOf(uses(scene, { challenge: key('d') }))).toBeUndefined();
    expect(refusalOf(uses(scene, { challenge: key('e'), until: NOON }))).toBe('linkExpired');
  });

  it('remembers challenges no longer than they would be good, and no more of them than it can', () => {
    const scene = kept();
    for (let times = 0; times < 32; times += 1) uses(scene, { challenge: String(times).padStart(43, 'c') });
    expect(refusalOf(uses(scene, { challenge: key('d') }))).toBe('tooMany');
    scene.now = NOON + 5 * MINUTE;
    expect(refusalOf(uses(scene, { challenge: key('d'), until: NOON + 10 * MINUTE }))).toBeUndefined();
    expect(scene.board.get('passkey', key('k'))?.spent).toHaveLength(1);
  });

  it('that counts is refused when it counts no further: it has been copied', () => {
    const scene = kept({ counter: 4 });
    expect(refusalOf(uses(scene, { counter: 4 }))).toBe('forbidden');
    expect(refusalOf(uses(scene, { counter: 0 }))).toBe('forbidden');
    expect(refusalOf(uses(scene, { counter: 5 }))).toBeUndefined();
  });

  it('is added once, and by nobody whose session ended meanwhile', () => {
    expect(refusalOf(kept().does(SYSTEM, add))).toBe('idTaken');
    const over = new Scene().given(SYSTEM, { type: 'endSessions', person: ada });
    expect(refusalOf(over.does(SYSTEM, add))).toBe('signedOut');
  });

  it('is one of ten at most', () => {
    const scene = kept();
    for (const letter of 'abcdefghi') scene.given(SYSTEM, { ...add, key: key(letter) });
    expect(refusalOf(scene.does(SYSTEM, { ...add, key: key('z') }))).toBe('tooMany');
    expect(refusalOf(scene.does(SYSTEM, { ...add, key: key('z'), person: person('bob').id }))).toBeUndefined();
  });

  it('opens nothing once its person has removed it; others cannot', () => {
    const scene = kept();
    expect(refusalOf(scene.does(SYSTEM, { type: 'removePasskey', person: person('bob').id, key: key('k') }))).toBe('notFound');
    scene.given(SYSTEM, { type: 'removePasskey', person: ada, key: key('k') });
    expect(refusalOf(uses(scene))).toBe('notFound');
  });

  it('X8: stays when its person signs out everywhere, and what it opens then is good; it goes with them when they are deleted', () => {
    const scene = kept().given(SYSTEM, { type: 'endSessions', person: ada });
    expect(resultOf(uses(scene))).toEqual({ person: ada, issued: NOON + 1 });
    scene.given(SYSTEM, { type: 'deletePerson', person: ada });
    expect(refusalOf(uses(scene, { challenge: key('d') }))).toBe('notFound');
  });
});
