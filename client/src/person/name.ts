/** The name that others see: asked once, when the first post or seat needs it. */
import type { LiveBoardApi } from '../live/api.ts';

/** My name as far as it is known, or on its way; empty: none yet. */
export const myName = (live: Pick<LiveBoardApi, 'person' | 'view' | 'pending'>): string => {
  const given = live.pending.flatMap(({ command }) => (command.type === 'setName' ? [command.name] : [])).pop();
  const me = live.person === undefined ? undefined : live.view('me', live.person);
  return given ?? me?.name ?? '';
};
