/** Dark or light: as the phone says, unless somebody chose. */
import { recall, remember } from '../live/memory.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const stored = recall('theme');
let current = $state<Theme>(THEMES.find((theme) => theme === stored) ?? 'auto');

const apply = (): void => {
  if (current === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = current;
};

export const theme = {
  get current(): Theme {
    return current;
  },
  set: (wanted: Theme): void => {
    current = wanted;
    remember('theme', wanted === 'auto' ? undefined : wanted);
    apply();
  },
  apply,
};
