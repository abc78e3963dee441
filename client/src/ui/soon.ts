/** Work that can wait, a little at a time: whoever taps in between waits for no more than one slice of it. */
import { flushSync } from 'svelte';

/** A slice ends with the first piece that goes beyond this, which on a phone of little strength is one piece. A phone draws a frame in 16. */
const SLICE_MS = 4;
/** Time for the frame that shows the slice before, and for a finger. */
const BETWEEN_MS = 16;

/** Whether the page is there. What comes with it, by the node or as the first of all, is not put off. */
export const page = { there: false };

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

const slice = (): void => {
  const end = performance.now() + SLICE_MS;
  timer = undefined;
  try {
    for (const piece of waiting) {
      waiting.delete(piece);
      piece();
      // What it shows is made here and now, and so is counted.
      flushSync();
      if (performance.now() >= end) break;
    }
  } finally {
    if (waiting.size > 0) timer ??= setTimeout(slice, BETWEEN_MS);
  }
};

/** Does a piece of work once it is its turn, after all that were asked for before. Returns how to take it back. */
export const soon = (piece: () => void): (() => void) => {
  waiting.add(piece);
  timer ??= setTimeout(slice, BETWEEN_MS);
  return () => waiting.delete(piece);
};
