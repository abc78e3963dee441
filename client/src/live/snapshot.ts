/** The snapshot that came with the page. */
import type { Snapshot } from '@huddle/shared/protocol.ts';

/** Of this board, if the page brought one; once, because it grows old. */
export const takeInlined = (slug: string): Snapshot | undefined => {
  const element = document.getElementById('snapshot');
  if (element === null) return undefined;
  element.remove();
  try {
    const snapshot = JSON.parse(element.textContent) as Snapshot;
    return snapshot.board.id === `board/${slug}` ? snapshot : undefined;
  } catch {
    return undefined;
  }
};
