/** Small things kept on the phone (language, theme, flags). Storage may be blocked or full; then they last as long as the page. */
const kept = new Map<string, string>();
export const PREFIX = 'huddle.';

export const recall = (name: string): string | undefined => {
  if (typeof localStorage === 'undefined') return kept.get(name);
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

const YEAR_S = 31_536_000;
/** Tells the node as well what it has to know to draw a page right at once (P10). Without cookies the page itself does, a moment later. */
export const tellPages = (name: 'language' | 'theme', value: string): void => {
  document.cookie = `${PREFIX}${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
};
