/** One scene as a process of its own: if it hangs it can be ended, with all that it has started, and the others still have their turn. */
import { serve } from './child.ts';
import type { Line } from './report.ts';
import { SCENES } from './scenes.ts';
import { profileNodes } from './server.ts';

const skills = {
  play: ({ name, small, profile }: { readonly name: string; readonly small: boolean; readonly profile: boolean }): Promise<Line[]> => {
    if (profile) profileNodes();
    return SCENES[name]?.play(small) ?? Promise.resolve([]);
  },
};
export type Player = typeof skills;

serve(skills);
