/** Ways of not being anybody on this phone any more: signing out, and being deleted. */
import type { LiveBoardApi } from '../live/api.ts';
import { request } from '../live/http.ts';
import { router } from '../router.svelte.ts';
import { t } from '../text/text.svelte.ts';
import { toast } from '../ui/toast.svelte.ts';

/** How one leaves, by the request that does it. */
const REQUESTS = { here: '/api/session', everywhere: '/api/session?everywhere=yes', forGood: '/api/me' } as const;
export type Leaving = keyof typeof REQUESTS;

/**
 * Asks the server, and once it is so, forgets everything on this phone and goes back to the board. false: nothing has been changed, and that
 * was said.
 */
export const leave = async (live: LiveBoardApi, how: Leaving): Promise<boolean> => {
  const ack = await request('DELETE', REQUESTS[how]);
  // Somebody who is signed out already has what they wanted – unless all of theirs was to go.
  const isDone = ack?.ok === true || (how !== 'forGood' && ack?.code === 'signedOut');
  if (!isDone) {
    toast(ack === undefined ? t.me.away : t.refusal[ack.code], { tone: 'danger' });
    return false;
  }
  await live.forget();
  router.replace(`/b/${live.slug}`);
  toast({ here: t.refusal.signedOut, everywhere: t.me.everywhereDone, forGood: t.me.erased }[how]);
  return true;
};
