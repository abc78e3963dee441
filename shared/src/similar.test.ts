import { describe, expect, it } from 'vitest';
import type { CardView } from './gathering.ts';
import { likeness, SAME, similar } from './similar.ts';
import { HOUR, MINUTE } from './time.ts';

const start = Date.parse('2024-05-20T19:00:00+08:00');
const draft = (title: string, place?: string, minutesLater = 0) => ({
  title,
  start: start + minutesLater * MINUTE,
  ...(place === undefined ? {} : { place }),
});
const card = (id: string, title: string, place: string, minutesLater = 0, more: Partial<CardView> = {}): CardView => ({
  id: `card/${id}`,
  title,
  kind: 'corner',
  place,
  start: start + minutesLater * MINUTE,
  end: start + minutesLater * MINUTE + HOUR,
  hosts: [],
  ...more,
});

describe('is it the same?', () => {
  it.each([
    ['the same', draft('ZK corner', 'Coffee Bar'), draft('ZK corner', 'Coffee Bar')],
    ['case, accents and order', draft('café zk corner', 'coffee bar'), draft('ZK Corner Café', 'Coffee Bar')],
    ['half an hour later', draft('zk proofs corner', 'Coffee Bar'), draft('ZK proofs', 'Coffee Bar', 30)],
    ['a place not said', draft('rust embedded corner'), draft('Embedded Rust', 'Hall 7', 10)],
    ['another place, the same words', draft('Cosmos validators dinner', 'Hall 7'), draft('Cosmos validators dinner', 'Rooftop')],
    ['a longer title', draft('天台派對', '天台'), draft('天台派對之夜', '天台', 15)],
    ['Chinese in another order', draft('零知識證明聊聊', '咖啡吧'), draft('聊聊零知識證明', '咖啡吧', 20)],
    ['full-width letters', draft('ＺＫ　聚會', '咖啡吧'), draft('zk聚會', '咖啡吧')],
  ])('yes: %s', (_, a, b) => {
    expect(likeness(a, b)).toBeGreaterThanOrEqual(SAME);
    expect(likeness(b, a)).toBeCloseTo(likeness(a, b));
  });

  it('yes: the same in the other language of a post', () => {
    const both = card('a', 'Cosmos dinner', '天台', 0, { second: { language: 'zh-Hant', title: '宇宙晚餐' } });
    expect(likeness(draft('宇宙晚餐', '天台'), both)).toBeGreaterThanOrEqual(SAME);
  });

  it.each([
    ['the same series, three hours later', draft('ZK corner', 'Coffee Bar'), draft('ZK corner', 'Coffee Bar', 180)],
    ['two hours later', draft('ZK corner', 'Coffee Bar'), draft('ZK corner', 'Coffee Bar', 120)],
    ['another party at the same place', draft('zk party', 'Rooftop'), draft('defi party', 'Rooftop')],
    ['another party, 中文', draft('天台派對', '天台'), draft('比特幣派對', '天台')],
    ['nothing but the time', draft('rust', 'Hall 7'), draft('go', 'Lobby')],
    ['no words at all', draft('🎉', 'Hall 7'), draft('🍕', 'Hall 7')],
  ])('no: %s', (_, a, b) => expect(likeness(a, b)).toBeLessThan(SAME));

  it('shows the most alike first, none cancelled, so many at most', () => {
    const cards = [
      card('later', 'ZK proofs corner', 'Coffee Bar', 30),
      card('same', 'ZK proofs corner', 'Coffee Bar'),
      card('cancelled', 'ZK proofs corner', 'Coffee Bar', 0, { cancelled: true }),
      card('other', 'Sushi', 'Lobby'),
      card('elsewhere', 'ZK proofs', 'Lobby', 10),
    ];
    const ids = (limit: number, least?: number) =>
      similar(draft('zk proofs corner', 'coffee bar'), cards, limit, least).map(({ id }) => id);
    expect(ids(3)).toEqual(['card/same', 'card/later']);
    expect(ids(1)).toEqual(['card/same']);
    expect(ids(9, 0.3)).toEqual(['card/same', 'card/later', 'card/elsewhere']);
  });

  it('counts tags as words', () => {
    const tagged = card('tagged', 'Evening at the bar', 'Coffee Bar', 0, { tags: ['zk', 'proofs'] });
    expect(similar({ ...draft('zk proofs', 'Coffee Bar'), tags: [] }, [tagged], 3)).toEqual([tagged]);
  });
});
