import { describe, expect, it } from 'vitest';
import type { CardView } from '@huddle/shared/gathering.ts';
import { editCommand, editedFrom, withEdit } from './edit.ts';

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

  it('takes up an edit that waits: the form shows it, and sends all of it again with what is changed', () => {
    const before = editedFrom(card, undefined);
    const second = { language: 'zh-Hant', title: '示範', description: '' } as const;
    const waiting = { type: 'editGathering', gathering: 'g', capacity: null, description: 'new', second } as const;
    const edited = withEdit(before, waiting);
    expect(editCommand('g', before, edited)).toEqual({ type: 'editGathering', gathering: 'g', description: 'new', second });
    expect(editCommand('g', before, { ...edited, title: 'H' })).toMatchObject({ title: 'H', description: 'new', second });
  });
});
