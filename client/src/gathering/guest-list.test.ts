import { describe, expect, it } from 'vitest';
import { groupGuests, type Guest } from './guest-list.ts';

const guest = (name: string, parts: Partial<Guest> = {}): Guest => ({ person: name, name, status: 'going', party: 1, at: 0, ...parts });

describe('the guest list', () => {
  const guests = [
    guest('Zoë', { at: 2, party: 3 }),
    guest('陳大文', { at: 1 }),
    guest('Bo', { status: 'waitlisted', position: 2 }),
    guest('Al', { status: 'waitlisted', position: 1 }),
    guest('Eve', { status: 'declined' }),
  ];
  const names = (list: readonly Guest[]): string[] => list.map(({ name }) => name);

  it('groups by answer, those waiting in their order', () => {
    const { going, waiting, removed, people } = groupGuests(guests, '');
    expect([names(going), names(waiting), names(removed), people]).toEqual([['陳大文', 'Zoë'], ['Al', 'Bo'], ['Eve'], 4]);
  });

  it('finds a name by a part of it, accents or not, Chinese too, and still counts everybody', () => {
    expect(names(groupGuests(guests, 'zoe').going)).toEqual(['Zoë']);
    expect(names(groupGuests(guests, '大文').going)).toEqual(['陳大文']);
    expect(groupGuests(guests, 'zoe').people).toBe(4);
  });
});
