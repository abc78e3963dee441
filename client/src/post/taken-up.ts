/** A post that waits in the outbox, or was refused, taken up again in its form. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi } from '../live/api.ts';
import type { Draft, Touched } from './draft.ts';

type Post = Extract<CommandInput, { type: 'postGathering' }>;

export interface TakenUpPost {
  /** The command's id. */
  readonly id: string;
  readonly draft: Draft;
  /** It waits, so that the form changes it; else it was refused, and the form sends it anew. */
  readonly waits: boolean;
}

/** A post as a draft: everything as if set by hand. */
export const draftOf = ({ type: _, gathering, start, end, ...fields }: Post): Draft => ({
  gathering,
  line: '',
  touched: { ...fields, start, length: end - start } as Touched,
});

/** What the outbox has of that gathering and can still be changed. `newId`: where another gathering has taken its id. */
export const takenUp = (
  live: Pick<LiveBoardApi, 'pending' | 'answered'>,
  gathering: string,
  newId: () => string,
): TakenUpPost | undefined => {
  for (const { id, command, state } of live.pending) {
    if (command.type !== 'postGathering' || command.gathering !== gathering) continue;
    return state.kind === 'waiting' && state.tried !== true ? { id, draft: draftOf(command), waits: true } : undefined;
  }
  for (const { id, command, ack } of live.answered) {
    if (ack.ok || command.type !== 'postGathering' || command.gathering !== gathering) continue;
    const isTaken = ack.code === 'idTaken' || ack.code === 'idReused';
    return { id, draft: draftOf(isTaken ? { ...command, gathering: newId() } : command), waits: false };
  }
  return undefined;
};
