/** The same person on another phone: the link by which it becomes so, made on one phone and taken on the other. */
import { idFrom } from '@huddle/shared/ids.ts';
import { keyOf, type LiveBoardApi } from '../live/api.ts';
import { request, type Answer } from '../live/http.ts';

/** The address that carries the token – behind a `#`, where no server ever sees it. `origin`: `https://host[:port]`. */
export const moveLink = (origin: string, slug: string, token: string): string => `${origin}/b/${slug}/me#move=${token}`;

/** The token at the end of a link, or of an address' hash. */
export const moveTokenIn = (text: string): string | undefined => /#move=([A-Za-z0-9_-]{22})$/.exec(text.trim())?.[1];

/** Makes a link; an earlier one is void then. */
export const openMove = (): Promise<Answer<{ readonly token: string }> | undefined> => request('POST', '/api/me/move');

export type MoveState = 'open' | 'used' | 'over';
/** What became of the link that I made. */
export const moveState = (): Promise<Answer<{ readonly state: MoveState }> | undefined> => request('GET', '/api/me/move');

/** Who a phone would become: the name on this board (empty: none), and whether that is who I am already. */
export interface Whose {
  readonly name: string;
  readonly mine: boolean;
}
export const whoseMove = (token: string, board: string): Promise<Answer<Whose> | undefined> =>
  request('POST', '/api/move/whose', { token, board });

/** Takes it, once; asked again with the same token after an answer that was lost, it is answered again. */
export const moveTaker = (): ((token: string) => Promise<Answer | undefined>) => {
  const id = idFrom(crypto.getRandomValues(new Uint8Array(12)));
  return (token) => request('POST', '/api/move', { token, id });
};

/** Whether I am somebody on this phone who would be missed: with a name, a seat, a post, or something that waits to be sent. */
export const isSomebody = (live: Pick<LiveBoardApi, 'person' | 'view' | 'views' | 'pending'>): boolean =>
  live.pending.length > 0 ||
  live.views('my-rsvp').length + live.views('hosting').length > 0 ||
  live.views('me').some((me) => keyOf(me) === live.person && me.name !== '');

/** What the address says of somebody who was here before, and looks for the way back to who they are. */
export const BEFORE = 'before';

/** What the address says once this phone is somebody else: the page is loaded anew, so that nothing of who it was is left in it. */
export const MOVED = 'moved';

/** This phone is somebody else now: what it kept goes, and the page begins anew as that person. */
export const beginAnew = async (live: LiveBoardApi): Promise<void> => {
  if (live.person !== undefined || live.pending.length > 0) await live.forget();
  location.replace(`/b/${live.slug}/me?${MOVED}=1`);
};
