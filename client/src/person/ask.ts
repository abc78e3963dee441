/** Asks the board for something on a person's behalf, and says what became of it. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi } from '../live/api.ts';
import type { Outcome } from '../live/outbox.ts';
import { t } from '../text/text.svelte.ts';
import { toast } from '../ui/toast.svelte.ts';

/**
 * Sends a command through the outbox. `said` is shown when it took effect; a refusal is shown in words. Without a network it says that
 * the command waits on the phone – unless there is nothing to be said – and resolves when it has been answered.
 */
export const ask = async (live: LiveBoardApi, command: CommandInput, said?: string): Promise<Outcome> => {
  const answer = live.do(command);
  if (said !== undefined && live.standing.kind === 'offline') toast(t.gathering.inOutbox);
  const ack = await answer;
  // Whoever took it back knows that it is gone.
  if (!ack.ok && ack.code === 'withdrawn') return ack;
  if (!ack.ok) toast(t.refusal[ack.code], { tone: 'danger' });
  else if (said !== undefined) toast(said);
  return ack;
};
