/** Asks the board for something on a person's behalf, and says what became of it. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi } from '../live/api.ts';
import type { Outcome } from '../live/box.ts';
import { t } from '../text/text.svelte.ts';
import { toast } from '../ui/toast.svelte.ts';

/**
 * Sends a command through the outbox. `said` is shown when it took effect; a refusal is shown in words. Without a network it says that
 * the command waits on the phone – unless there is nothing to be said – and, by the time it is answered, which gathering it was about.
 */
export const ask = async (live: LiveBoardApi, command: CommandInput, said?: string): Promise<Outcome> => {
  const answer = live.do(command);
  const waits = live.standing.kind === 'offline';
  if (said !== undefined && waits) toast(t.gathering.inOutbox);
  const ack = await answer;
  // Whoever took it back knows that it is gone.
  if (!ack.ok && ack.code === 'withdrawn') return ack;
  if (waits) await (await import('../outbox/say.ts')).sayOutcome(live, command, ack);
  else if (!ack.ok) toast(t.refusal[ack.code], { tone: 'danger' });
  else if (said !== undefined) toast(said);
  return ack;
};
