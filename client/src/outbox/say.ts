/** Says what became of what had waited: on whichever page its person is by then. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi } from '../live/api.ts';
import type { Outcome } from '../live/box.ts';
import { router } from '../router.svelte.ts';
import { language, t } from '../text/text.svelte.ts';
import { toast } from '../ui/toast.svelte.ts';
import { aboutOf, isQuiet, outcomeText } from './wish.ts';

/** A sentence that names the gathering, with the way to it: there it can be tried again, or something alike be found. */
export const sayOutcome = async (live: LiveBoardApi, command: CommandInput, ack: Outcome): Promise<void> => {
  if (isQuiet(command) || (!ack.ok && ack.code === 'withdrawn')) return;
  await language.loadPages();
  const about = aboutOf(live, command);
  const said = outcomeText(live, command, ack, t);
  toast(about === undefined || about.title === '' ? said : `${about.title}: ${said}`, {
    tone: ack.ok ? 'plain' : 'danger',
    ...(about && { action: { label: t.post.seeDraft, run: () => router.go(`/b/${live.slug}/g/${about.gathering}`) } }),
  });
};
