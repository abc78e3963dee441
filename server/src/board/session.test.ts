/** Sessions that are over, as records of the deployment's own board. */
import { describe, expect, it } from 'vitest';
import { due } from './due.ts';
import { NOON, Scene, person } from './scene.ts';
import { isEnded, SESSION_LIFE } from './session.ts';

const SYSTEM = { kind: 'system' } as const;
const ada = person('ada').id;
const session = (name: string, issued = NOON - 1) => ({ person: ada, id: name.padEnd(12, '0'), issued });
const ends = (scene: Scene, ...names: readonly string[]): void => {
  for (const name of names) {
    const { id, issued } = session(name, NOON + names.indexOf(name));
    scene.given(SYSTEM, { type: 'endSessions', person: ada, session: { session: id, issued } });
  }
};

describe('X8: signing out', () => {
  it('on one phone ends that session alone', () => {
    const scene = new Scene();
    scene.given(SYSTEM, { type: 'endSessions', person: ada, session: { session: session('phone').id, issued: NOON - 1 } });
    expect(isEnded(scene.board.get('epoch', ada), session('phone'))).toBe(true);
    expect(isEnded(scene.board.get('epoch', ada), session('other'))).toBe(false);
  });

  it('everywhere ends what was issued until then, and nothing later', () => {
    const scene = new Scene().given(SYSTEM, { type: 'endSessions', person: ada });
    expect(isEnded(scene.board.get('epoch', ada), session('phone', NOON))).toBe(true);
    expect(isEnded(scene.board.get('epoch', ada), session('phone', NOON + 1))).toBe(false);
  });

  it('again and again keeps the record small, and what was over stays over', () => {
    const scene = new Scene();
    const names = Array.from({ length: 40 }, (_, index) => `phone${index}x`);
    ends(scene, ...names);
    const epoch = scene.board.get('epoch', ada);
    expect(epoch?.ended).toHaveLength(16);
    expect(names.every((name, index) => isEnded(epoch, session(name, NOON + index)))).toBe(true);
  });

  it('is forgotten once no cookie that it speaks of would be good any more (B8)', () => {
    const scene = new Scene().given(SYSTEM, { type: 'endSessions', person: ada });
    expect(due(scene.board, NOON + SESSION_LIFE - 1)).toEqual([]);
    const [expiry] = due(scene.board, NOON + SESSION_LIFE);
    scene.now = NOON + SESSION_LIFE;
    if (expiry !== undefined) scene.given(SYSTEM, expiry.command);
    expect(scene.board.get('epoch', ada)).toBeUndefined();
  });
});
