import { describe, expect, it } from 'vitest';
import { dropDraft, keepPlace, lastPlace, loadDraft, saveDraft, type DraftStorage } from './draft-store.ts';

const memory = (): DraftStorage => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};
const refusing: DraftStorage = {
  getItem: () => {
    throw new Error('denied');
  },
  setItem: () => {
    throw new Error('denied');
  },
  removeItem: () => {
    throw new Error('denied');
  },
};

describe('the kept draft', () => {
  it('comes back after a reload under the same id, so that a second post is the same gathering', () => {
    const storage = memory();
    saveDraft('demo', { gathering: 'first-id', line: 'corner now', touched: { capacity: null } }, storage);
    expect(loadDraft('demo', () => 'other-id', storage)).toEqual({
      gathering: 'first-id',
      line: 'corner now',
      touched: { capacity: null },
    });
    expect(loadDraft('other', () => 'other-id', storage)).toMatchObject({ gathering: 'other-id', line: '' });
  });

  it('is gone once dropped, and an empty one is not kept', () => {
    const storage = memory();
    saveDraft('demo', { gathering: 'a', line: 'x', touched: {} }, storage);
    dropDraft('demo', storage);
    expect(loadDraft('demo', () => 'b', storage).gathering).toBe('b');
    saveDraft('demo', { gathering: 'c', line: ' ', touched: {} }, storage);
    expect(loadDraft('demo', () => 'd', storage).gathering).toBe('d');
  });

  it('survives storage that is damaged or refused', () => {
    const storage = memory();
    storage.setItem('huddle.draft.demo', '{"line":3');
    expect(loadDraft('demo', () => 'b', storage).gathering).toBe('b');
    expect(loadDraft('demo', () => 'b', refusing).gathering).toBe('b');
    expect(() => saveDraft('demo', { gathering: 'a', line: 'x', touched: {} }, refusing)).not.toThrow();
  });

  it('remembers the last place of a board', () => {
    const storage = memory();
    keepPlace('demo', 'Coffee bar', storage);
    keepPlace('demo', '', storage);
    expect(lastPlace('demo', storage)).toBe('Coffee bar');
    expect(lastPlace('demo', refusing)).toBe('');
  });
});
