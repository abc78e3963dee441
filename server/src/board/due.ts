/** What must happen at a time, derived from records (B8): whoever looks finds the same, under the same id, so the first commit wins. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { Appointment, Duty } from './agenda.ts';
import type { Board } from './board.ts';
import { hostLinkDue } from './hosting.ts';
import { moveDue } from './move.ts';
import { reminderDue } from './notice.ts';
import { releaseDue } from './release.ts';
import { epochDue } from './session.ts';

/** A command of `system`, with an id made from the thing and its time. */
export interface Due {
  readonly id: string;
  readonly command: CommandInput;
}

/** What is to be done about a thing now, and the time it was due at; undefined: nothing (any more). */
export type DueOf = (board: Board, key: string, now: number) => { readonly at: number; readonly command: CommandInput } | undefined;

/** The table of duties, by noun. A duty in `agenda.ts` that is not here does not compile. */
const DUTIES: { readonly [D in Duty]: DueOf } = {
  expireHostLink: hostLinkDue,
  remindGuests: reminderDue,
  releaseSeats: releaseDue,
  expireEpoch: epochDue,
  expireMove: moveDue,
};

const dueOf = (board: Board, { duty, key }: Appointment, now: number): Due[] => {
  const found = DUTIES[duty](board, key, now);
  return found === undefined ? [] : [{ id: `${duty}.${key}.${found.at.toString(36)}`, command: found.command }];
};

/** Everything whose time has come. */
export const due = (board: Board, now: number): Due[] => board.agenda.at(now).flatMap((appointment) => dueOf(board, appointment, now));
