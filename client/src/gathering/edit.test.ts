import { describe, expect, it } from 'vitest';
import type { CardView } from '@huddle/shared/gathering.ts';
import { editCommand, editedFrom } from './edit.ts';

const card: CardView = { id: 'card/g', title: 'G', kind: 'demo', start: 0, end: 1, hosts: [], tags: ['zk'] };

describe('editing a gathering', () => {
  it('sends what was changed and nothing else', () => {
    const before = editedFrom(card, { id: 'details/g', notices: [], description: 'old' });
    expect(editCommand('g', before, { ...before, capacity: 8, description: '' })).toEqual({
      type: 'editGathering',
      gathering: 'g',
      capacity: 8,
      description: '',
    });
  });

  it('sends nothing where nothing was changed', () => {
    const before = editedFrom(card, undefined);
    expect(editCommand('g', before, { ...before, tags: ['zk'] })).toBeUndefined();
  });
});
