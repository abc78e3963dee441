/** Places that the organiser names. */
import type { PlaceView } from '@huddle/shared/place.ts';
import type { Board } from './board.ts';
import { type Rule, refuse } from './rule.ts';

export const putPlace: Rule<'putPlace'> = {
  who: 'organiser',
  decide: (board, { place, name, address }) => ({
    put: [{ ...board.place(place), id: `place/${place}`, type: 'place', rev: board.nextRev, name, address }],
  }),
};

export const removePlace: Rule<'removePlace'> = {
  who: 'organiser',
  decide: (board, { place }) =>
    board.place(place) === undefined ? refuse('notFound', { field: 'place' }) : { put: [], gone: [`place/${place}`] },
};

export const placeView = (board: Board, key: string): PlaceView | undefined => {
  const place = board.place(key);
  if (place === undefined) return undefined;
  return { id: place.id, name: place.name, ...(place.address === '' ? {} : { address: place.address }) };
};
