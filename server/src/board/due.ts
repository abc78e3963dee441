/** What must happen at a time, derived from records (B8): whoever looks finds the same, under the same id, so the first commit wins. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { Board } from './board.ts';

/** A command of `system`, with an id made from the thing and its time. */
export interface Due {
  readonly id: string;
  readonly command: CommandInput;
}

/** Everything whose time has come. */
export const due = (board: Board, now: number): Due[] =>
  board
    .all('host-link')
    .filter((link) => link.expires <= now)
    .map(({ id }) => id.slice('host-link/'.length))
    .map((token) => ({ id: `expire-${token}`, command: { type: 'expireHostLink', token } }));
