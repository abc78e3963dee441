/** Moving to another phone: a link that works once, for ten minutes, until its person signs out. */
import { MOVE_LIFE } from '@huddle/shared/move.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { due } from './due.ts';
import type { Actor, Decision } from './rule.ts';
import { NOON, Scene, person, refusalOf, resultOf } from './scene.ts';
import { isEnded } from './session.ts';

const SYSTEM: Actor = { kind: 'system' };
const ada = person('ada').id;
const bob = person('bob').id;
const hash = 'h'.repeat(43);
const other = 'o'.repeat(43);
const open: CommandInput = { type: 'openMove', person: ada, by: { session: 'phone0000000', issued: NOON - 1 }, hash };
const take = { type: 'takeMove', hash } as const;

const opened = (): Scene => new Scene().given(SYSTEM, open);
const takes = (scene: Scene, more: { readonly hash?: string } = {}): Decision => scene.does(SYSTEM, { ...take, ...more });

describe('a link to another phone', () => {
  it('makes it the same person, once', () => {
    const scene = opened();
    expect(resultOf(takes(scene))).toEqual({ person: ada, issued: NOON });
    expect(refusalOf(takes(scene))).toBe('linkExpired');
    expect(scene.board.get('move', hash)).toMatchObject({ used: true });
  });

  it('opens nothing when nobody made it, or when its ten minutes are over', () => {
    const [early, late] = [opened(), opened()];
    expect(refusalOf(takes(early, { hash: other }))).toBe('linkExpired');
    early.now = NOON + MOVE_LIFE - 1;
    late.now = NOON + MOVE_LIFE;
    expect([early, late].map((scene) => refusalOf(takes(scene)))).toEqual([undefined, 'linkExpired']);
  });

  it('is void once its person makes another one; that of somebody else stands', () => {
    const scene = opened().given(SYSTEM, { ...open, person: bob, hash: 'b'.repeat(43) }, { ...open, hash: other });
    expect(refusalOf(takes(scene))).toBe('linkExpired');
    expect(resultOf(takes(scene, { hash: other }))).toMatchObject({ person: ada });
    expect(resultOf(takes(scene, { hash: 'b'.repeat(43) }))).toMatchObject({ person: bob });
  });

  it('is forgotten when its time is over, whether it was taken or not (B8)', () => {
    const scene = opened();
    takes(scene);
    expect(due(scene.board, NOON + MOVE_LIFE - 1)).toEqual([]);
    const [expiry] = due(scene.board, NOON + MOVE_LIFE);
    scene.now = NOON + MOVE_LIFE;
    if (expiry !== undefined) scene.given(SYSTEM, expiry.command);
    expect(scene.board.all('move')).toEqual([]);
  });

  it.each([
    ['signs out everywhere', { type: 'endSessions', person: ada }],
    ['signs out of one phone', { type: 'endSessions', person: ada, session: { session: 'phone0000000', issued: NOON - 1 } }],
    ['is deleted', { type: 'deletePerson', person: ada }],
  ] as const)('X8: is void once its person %s', (_, command) => {
    const scene = opened().given(SYSTEM, command);
    expect(refusalOf(takes(scene))).toBe('linkExpired');
    expect(scene.board.all('move')).toEqual([]);
  });

  it('X8: is not made by a session that ended while it asked', () => {
    const scene = new Scene().given(SYSTEM, { type: 'endSessions', person: ada });
    expect(refusalOf(scene.does(SYSTEM, open))).toBe('signedOut');
  });

  it('X8: of somebody who signed out everywhere, in the same moment, begins a session that is good', () => {
    const later = { session: 'phone0000000', issued: NOON + 1 };
    const scene = new Scene().given(SYSTEM, { type: 'endSessions', person: ada }, { ...open, by: later });
    const became = resultOf(takes(scene)) as { person: string; issued: number };
    expect(isEnded(scene.board.get('epoch', ada), { ...became, id: 'phone0000000' })).toBe(false);
    // And one that is over with the next time.
    scene.now = NOON + 1;
    scene.given(SYSTEM, { type: 'endSessions', person: ada });
    expect(isEnded(scene.board.get('epoch', ada), { ...became, id: 'phone0000000' })).toBe(true);
  });
});
