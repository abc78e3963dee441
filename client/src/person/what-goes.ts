/** What deleting me does to this board, said before it is done. */
import { keyOf, type LiveBoardApi } from '../live/api.ts';

export interface WhatGoes {
  /** Gatherings still to be that I have a seat at, or wait for. */
  readonly seats: number;
  /** Titles of those that only I host, and that are called off. */
  readonly calledOff: readonly string[];
  /** Titles of those that others host too. */
  readonly goOn: readonly string[];
}

export const whatGoes = (live: Pick<LiveBoardApi, 'view' | 'views' | 'now'>): WhatGoes => {
  const isToCome = (key: string): boolean => {
    const card = live.view('card', key);
    return card !== undefined && card.cancelled !== true && card.end > live.now;
  };
  const seats = live.views('my-rsvp').filter((mine) => ['going', 'waitlisted'].includes(mine.status) && isToCome(keyOf(mine))).length;
  const hosted = live.views('hosting').filter((mine) => mine.hidden === true || isToCome(keyOf(mine)));
  const isShared = (key: string): boolean => (live.view('card', key)?.hosts.length ?? 0) > 1;
  const titles = (shared: boolean): string[] => hosted.filter((mine) => isShared(keyOf(mine)) === shared).map(({ title }) => title);
  return { seats, calledOff: titles(false), goOn: titles(true) };
};
