/** Dark or light: as the phone says, unless somebody chose. */
import { THEMES, type Theme } from '@huddle/shared/theme.ts';
import { recall, remember, tellPages } from '../live/memory.ts';

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
    tellPages('theme', wanted);
    apply();
  },
  apply,
};
