/** The snapshot that came with the page. */
import type { Inlined } from '@huddle/shared/first-look.ts';
import { keepSteady } from '@huddle/shared/time.ts';
import { keepTexts } from '../text/format.ts';

/** Of this board, if the page brought one; once, because it grows old. What came along with it is told to whom it concerns. */
export const takeInlined = (slug: string): Inlined | undefined => {
  const element = document.getElementById('snapshot');
  if (element === null) return undefined;
  element.remove();
  try {
    const inlined = JSON.parse(element.textContent) as Inlined;
    if (inlined.board.id !== `board/${slug}`) return undefined;
    keepSteady(inlined.clocks);
    keepTexts(inlined.texts ?? {});
    return inlined;
  } catch {
    return undefined;
  }
};
