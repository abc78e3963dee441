/** The sample week, made where there is no board yet, so that whoever starts Huddle for the first time sees it alive. */
import { idFrom } from '@huddle/shared/ids.ts';
import type { Refusal } from '@huddle/shared/protocol.ts';
import type { Boards } from './live/api.ts';
import { SAMPLE_ZONE, sampleWeek } from './sample.ts';

export interface FirstBoardParts {
  readonly boards: Boards;
  /** Epoch ms. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/**
 * Makes the sample unless there is a board. Of several nodes that start at once one makes it: the others find the name taken.
 * @returns why a step was refused, if one was; the rest was not made then
 * @throws StoreAway
 */
export const ensureFirstBoard = async ({ boards, now, random }: FirstBoardParts): Promise<Refusal | undefined> => {
  if ((await boards.list()).length > 0) return undefined;
  for (const { board, actor, command } of sampleWeek(now(), SAMPLE_ZONE, random)) {
    const ack = await (await boards.at(board)).submit({ ...command, id: idFrom(random(12)) }, actor);
    if (!ack.ok) return ack.code === 'idTaken' ? undefined : { code: ack.code, message: `${command.type}: ${ack.message ?? ''}` };
  }
  return undefined;
};
