import { beforeEach, describe, expect, it } from 'vitest';
import { remember } from '../live/memory.ts';
import { dropDraft, keepPlace, lastPlace, loadDraft, saveDraft } from './draft-store.ts';

describe('the kept draft', () => {
  beforeEach(() => dropDraft('demo'));

  it('B7: comes back after a reload under the same id, so that a second post is the same gathering', () => {
    saveDraft('demo', { gathering: 'first-id', line: 'corner now', touched: { capacity: null } });
    expect(loadDraft('demo', () => 'other-id')).toEqual({ gathering: 'first-id', line: 'corner now', touched: { capacity: null } });
    expect(loadDraft('other', () => 'other-id')).toMatchObject({ gathering: 'other-id', line: '' });
  });

  it('is gone once dropped, and an empty one is not kept', () => {
    saveDraft('demo', { gathering: 'a', line: 'x', touched: {} });
    dropDraft('demo');
    expect(loadDraft('demo', () => 'b').gathering).toBe('b');
    saveDraft('demo', { gathering: 'c', line: ' ', touched: {} });
    expect(loadDraft('demo', () => 'd').gathering).toBe('d');
  });

  it('starts afresh from what it cannot read', () => {
    remember('draft.demo', '{"line":3');
    expect(loadDraft('demo', () => 'b').gathering).toBe('b');
    remember('draft.demo', '{"line":3}');
    expect(loadDraft('demo', () => 'b').gathering).toBe('b');
  });

  it('remembers the last place of a board', () => {
    keepPlace('demo', 'Coffee bar');
    keepPlace('demo', '');
    expect(lastPlace('demo')).toBe('Coffee bar');
    expect(lastPlace('other')).toBe('');
  });
});
