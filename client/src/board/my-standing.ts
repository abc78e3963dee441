/** How I stand to a gathering, in a word for its card. Confirmed views and commands on their way; nothing is assumed (C1). */
import type { LiveBoardApi } from '../live/api.ts';
import { t } from '../text/text.svelte.ts';

/** What a badge says, and how. `soft`: this one is mine. */
export interface MyStanding {
  readonly text: string;
  readonly tone: 'plain' | 'soft' | 'warn';
}

type Source = Pick<LiveBoardApi, 'view' | 'pending'>;

const onItsWay = ({ pending }: Source, id: string): string | undefined => {
  const last = pending.filter(({ command }) => 'gathering' in command && command.gathering === id).pop()?.command.type;
  if (last === 'takeSeat') return t.standing.asking;
  return last === 'giveBackSeat' ? t.standing.givingBack : undefined;
};

/** undefined: nothing of mine. */
export const myStanding = (live: Source, id: string): MyStanding | undefined => {
  const asked = onItsWay(live, id);
  if (asked !== undefined) return { text: asked, tone: 'plain' };
  const mine = live.view('my-rsvp', id);
  if (mine?.status === 'going') return { text: mine.party > 1 ? t.standing.goingParty(mine.party) : t.standing.going, tone: 'soft' };
  if (live.view('hosting', id) !== undefined) return { text: t.standing.hosting, tone: 'soft' };
  if (mine?.status === 'waitlisted') {
    return { text: mine.position === undefined ? t.standing.waitlisted : t.standing.position(mine.position), tone: 'warn' };
  }
  if (mine?.status === 'released') return { text: t.standing.released, tone: 'plain' };
  return mine?.status === 'declined' ? { text: t.standing.declined, tone: 'plain' } : undefined;
};
