/** Small things kept on the phone (language, theme, flags). Storage may be blocked or full; then they last as long as the page. */
const kept = new Map<string, string>();
export const PREFIX = 'huddle.';

export const recall = (name: string): string | undefined => {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return kept.get(name);
  }
};

/** Without a value: forgets it. */
export const remember = (name: string, value?: string): void => {
  if (value === undefined) kept.delete(name);
  else kept.set(name, value);
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private mode or full: the page's own memory has it.
  }
};
