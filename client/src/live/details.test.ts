import type { View } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { cardsOfMine, KeptDetails } from './details.ts';

const details = (id: string, description = ''): View => ({ id: `details/${id}`, description }) as View;
const card = (id: string): View => ({ id: `card/${id}` }) as View;

describe('C3: details kept on the phone', () => {
  it('of what is mine are fetched once, and again when its card has changed', async () => {
    const kept = new KeptDetails();
    const asked: string[] = [];
    const ask = async (id: string): Promise<readonly View[]> => {
      asked.push(id);
      return [details(id, `${asked.length}`), { id: `guests/${id}` } as View];
    };
    const cards = new Map([['a', card('a')]]);
    expect(await kept.fetch(cards, ask)).toBe(true);
    expect(await kept.fetch(cards, ask)).toBe(false);
    expect(await kept.fetch(new Map([['a', card('a')]]), ask)).toBe(true);
    expect(asked).toEqual(['a', 'a']);
    // Who else goes is not kept: their names are theirs.
    expect(kept.all).toEqual([details('a', '2')]);
  });

  it('without an answer nothing is asked further, and it is asked again the next time', async () => {
    const kept = new KeptDetails();
    const cards = new Map([
      ['a', card('a')],
      ['b', card('b')],
    ]);
    expect(await kept.fetch(cards, async () => undefined)).toBe(false);
    expect(await kept.fetch(cards, async (id) => [details(id)])).toBe(true);
    expect(kept.of('b')).toEqual(details('b'));
  });

  it('are those of what I go to or host, as long as it has not ended', () => {
    const ending = (id: string, end: number): View => ({ id: `card/${id}`, end }) as View;
    const mine = [{ id: 'my-rsvp/a' }, { id: 'hosting/b' }, { id: 'my-rsvp/over' }, { id: 'me/p' }] as unknown as View[];
    const cards = cardsOfMine(mine, [ending('a', 20), ending('b', 20), ending('over', 5), ending('other', 20)], 10);
    expect([...cards.keys()]).toEqual(['a', 'b']);
  });

  it('go with a gathering that went, and with a host who left it: their words may have gone with them', () => {
    const hosted = (id: string, ...hosts: string[]): View => ({ id: `card/${id}`, hosts }) as unknown as View;
    const before = new Map(['went', 'left', 'same', 'away'].map((id) => [`card/${id}`, hosted(id, 'Ada')]));
    const kept = new KeptDetails();
    kept.take(['went', 'left', 'same', 'away'].map((id) => details(id)));
    kept.hear({ put: [hosted('left'), hosted('same', 'Ada')], gone: ['card/went'] }, (id) => before.get(id));
    expect(kept.all).toEqual([details('same'), details('away')]);
    kept.hear({ put: [hosted('same', 'Ada')], whole: true }, (id) => before.get(id));
    expect(kept.all).toEqual([details('same')]);
  });

  it('are bounded: those seen longest ago go', () => {
    const kept = new KeptDetails();
    kept.take(Array.from({ length: 250 }, (_, index) => details(`${index}`)));
    expect([kept.all.length, kept.of('0'), kept.of('249')]).toEqual([200, undefined, details('249')]);
  });
});
