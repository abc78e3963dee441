/** Short words that come and go by themselves, with at most one thing to do about them ("undo"). Shown by `Toasts.svelte` in `App`. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Options {
  readonly tone?: Toast['tone'];
  readonly action?: Toast['action'];
  /** How long it stays; longer by default where there is something to do or to worry about. */
  readonly ms?: number;
}

let shown = $state.raw<readonly Toast[]>([]);
let last = 0;
/** Dialogs that are open, the uppermost last. */
let sheets = $state.raw<readonly string[]>([]);

const close = (id: number): void => {
  shown = shown.filter((one) => one.id !== id);
};

export const toasts = {
  get shown(): readonly Toast[] {
    return shown;
  },
  close,
  /** The dialog that shows them, by its id: nothing beside an open one can be read or pressed. undefined: the page itself. */
  get place(): string | undefined {
    return sheets.at(-1);
  },
  /** Shows them in that dialog until what comes back is called. */
  moveTo: (sheet: string): (() => void) => {
    sheets = [...sheets, sheet];
    return () => void (sheets = sheets.filter((one) => one !== sheet));
  },
};

/** Shows `text`; the newest two stay, and the same words once. Returns how to take it away. */
export const toast = (
  text: string,
  { tone = 'plain', action, ms = action === undefined && tone === 'plain' ? 4000 : 8000 }: Options = {},
): (() => void) => {
  const id = (last += 1);
  shown = shown.filter((one) => one.text !== text);
  for (const old of shown.slice(0, Math.max(0, shown.length - 1))) close(old.id);
  shown = [...shown, { id, text, tone, ...(action === undefined ? {} : { action }) }];
  // Nobody who is about to press it is hurried.
  const end = (): void => {
    if (document.activeElement?.closest('.toasts')) setTimeout(end, ms);
    else close(id);
  };
  setTimeout(end, ms);
  return () => close(id);
};
