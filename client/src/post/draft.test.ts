import { describe, expect, it } from 'vitest';
import { emptyDraft, isEmpty, listOf, outcome, postCommand, wrongField, type Parsed, type Touched } from './draft.ts';

const HOUR = 3_600_000;
const parsed: Parsed = {
  title: 'zk meeting',
  kind: 'corner',
  place: 'Coffee bar',
  start: 1000,
  end: 1000 + HOUR,
  capacity: 8,
  tags: ['zk'],
};
const kindName = (kind: string): string => `a ${kind}`;
const made = (touched: Touched, from = parsed) => outcome({ ...emptyDraft('id'), touched }, from, kindName);

describe('the draft of a post', () => {
  it('is what the line says while nothing was touched', () => {
    expect(made({})).toMatchObject({
      title: 'zk meeting',
      kind: 'corner',
      place: 'Coffee bar',
      start: 1000,
      end: 1000 + HOUR,
      capacity: 8,
      tags: ['zk'],
    });
  });

  it('sends a second language once something is said in it, and wants a title then', () => {
    const second = { language: 'zh-Hant', title: '', description: '' } as const;
    expect(postCommand('id', made({ second }))).toMatchObject({ second: null });
    expect(wrongField(made({ second }))).toBeUndefined();
    expect(wrongField(made({ second: { ...second, description: '帶上杯子' } }))).toBe('second');
    const said = { ...second, title: '零知識' };
    expect(postCommand('id', made({ second: said }))).toMatchObject({ second: said });
  });

  it('lets what a hand has touched win over the line, field by field', () => {
    expect(made({ kind: 'party', place: '' })).toMatchObject({ kind: 'party', place: '', capacity: 8 });
    expect(made({ capacity: null }).capacity).toBeNull();
  });

  it('keeps the length when the start is moved, and the start when the length is', () => {
    expect(made({ start: 5000 })).toMatchObject({ start: 5000, end: 5000 + HOUR });
    expect(made({ length: 2 * HOUR })).toMatchObject({ start: 1000, end: 1000 + 2 * HOUR });
  });

  it('needs no line: the kind is title enough', () => {
    expect(made({ kind: 'demo' }, { ...parsed, title: '' }).title).toBe('a demo');
  });

  it('allows no party larger than the room', () => {
    expect(made({ partyMax: 5, capacity: 3 }).partyMax).toBe(3);
  });

  it('makes a command with the id that came with the draft (B7)', () => {
    expect(postCommand('id', made({}))).toMatchObject({ type: 'postGathering', gathering: 'id', title: 'zk meeting' });
  });

  it('knows when there is nothing to lose', () => {
    expect(isEmpty(emptyDraft('id'))).toBe(true);
    expect(isEmpty({ ...emptyDraft('id'), touched: { kind: 'demo' } })).toBe(false);
  });

  it('finds what the server would refuse', () => {
    expect(wrongField(made({ link: 'http://a.example' }))).toBe('link');
    expect(wrongField(made({ link: 'https://a.example/deck' }))).toBeUndefined();
    expect(wrongField(made({ length: 0 }))).toBe('end');
    expect(wrongField(made({ length: 25 * HOUR }))).toBe('end');
  });

  it('reads lists with commas of both kinds', () => {
    expect(listOf('#zk， rust、zk,, AI ')).toEqual(['zk', 'rust', 'AI']);
  });
});
