/** Issues what is due on a board as commands of `system` (B8). Every node does; each command has at most one effect (B7). */
import { due } from '../board/due.ts';
import type { NodeBoard } from './served-board.ts';

/** Resolves once everything due at that time has been decided, here or elsewhere. */
export const issueDue = async (board: NodeBoard, now: number): Promise<void> => {
  const commands = due(board.replica.board, now).map(({ id, command }) => board.submit({ ...command, id }, { kind: 'system' }));
  await Promise.all(commands);
};
