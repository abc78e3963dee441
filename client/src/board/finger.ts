/** Whether a finger is on an element. Touches, not pointers: a pointer is taken back as soon as the page scrolls under it. */

/** After a finger is gone it often comes back. */
const SETTLE_MS = 350;

/** Calls `changed` when a finger comes and, a moment after the last one is gone, when none is left. Returns how to stop. */
export const watchFingers = (element: HTMLElement, changed: (touched: boolean) => void): (() => void) => {
  let settling: ReturnType<typeof setTimeout> | undefined;
  const touch = (): void => {
    clearTimeout(settling);
    changed(true);
  };
  const letGo = (event: TouchEvent): void => {
    if (event.touches.length > 0) return;
    clearTimeout(settling);
    settling = setTimeout(() => changed(false), SETTLE_MS);
  };
  element.addEventListener('touchstart', touch, { passive: true });
  element.addEventListener('touchend', letGo);
  element.addEventListener('touchcancel', letGo);
  return () => {
    clearTimeout(settling);
    element.removeEventListener('touchstart', touch);
    element.removeEventListener('touchend', letGo);
    element.removeEventListener('touchcancel', letGo);
  };
};
