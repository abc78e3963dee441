/** What somebody did on a page that was drawn but had no script yet: kept by the few lines in `index.html`, and done here. */

declare global {
  interface Window {
    /** Buttons that were pressed and forms that were sent, in order; undefined once the page hears for itself. */
    early?: (HTMLButtonElement | HTMLFormElement)[] | undefined;
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Ends the waiting. What it returns is called once the page is alive: it writes what was written, and does what was done. */
export const takeEarly = (root: ParentNode): (() => void) => {
  // A box knows by itself that it was ticked.
  const written = [...root.querySelectorAll<Field>('input:not([type=checkbox]), textarea')]
    .filter((field) => field.value !== field.defaultValue)
    .map((field) => [field, field.value] as const);
  const done = window.early ?? [];
  window.early = undefined;
  return () => {
    for (const [field, value] of written) {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    for (const element of done) {
      if (element instanceof HTMLFormElement) element.requestSubmit();
      else element.click();
    }
  };
};
