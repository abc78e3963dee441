/** What can be pressed now: a button that still works on it cannot. */
const PRESSABLE = 'button:not(:disabled, [aria-disabled]), a[href]';

const keep = (home: HTMLElement, next: () => HTMLElement): (() => void) => {
  home.tabIndex = -1;
  home.style.outline = 'none';
  let inside: Element | undefined;
  const came = ({ target }: FocusEvent): void => {
    inside = target instanceof Element ? target : undefined;
  };
  // What is being taken out of the page loses the focus too, and is still part of it at that moment: seen once it is gone.
  const left = ({ target }: FocusEvent): void =>
    queueMicrotask(() => {
      if (inside === target && home.contains(inside)) inside = undefined;
    });
  const watch = new MutationObserver(() => {
    if (inside === undefined || (inside !== home && inside.isConnected)) return;
    if (document.activeElement !== document.body && document.activeElement !== home) return;
    next().focus({ preventScroll: true });
  });
  home.addEventListener('focusin', came);
  home.addEventListener('focusout', left);
  watch.observe(home, { childList: true, subtree: true });
  return () => {
    watch.disconnect();
    home.removeEventListener('focusin', came);
    home.removeEventListener('focusout', left);
  };
};

/**
 * An attachment: where the pressed button goes because its work is done, the focus stays in `home` – on the button that stands there
 * instead, or on `home` itself until there is one – rather than being lost to the page. Returns how to stop.
 * `<div {@attach keepFocus}>`
 */
export const keepFocus = (home: HTMLElement): (() => void) =>
  keep(home, () => [...home.querySelectorAll<HTMLElement>(PRESSABLE)].at(-1) ?? home);

/** As {@link keepFocus}, on `home` itself: what stands there instead is read from its beginning. */
export const keepFocusAtStart = (home: HTMLElement): (() => void) => keep(home, () => home);
