import { describe, expect, it } from 'vitest';
import type { ModerationView } from '@huddle/shared/moderation.ts';
import { inOrderOfNeed } from './moderation.ts';

const gathering = (title: string, start: number, reports: number): ModerationView => ({
  id: `moderation/${title}`,
  title,
  start,
  hosts: [{ person: 'p', name: `Host of ${title}` }],
  ...(reports === 0 ? {} : { reports: Array.from({ length: reports }, () => ({ name: 'R', reason: 'spam' as const, at: 0 })) }),
});
const titles = (found: readonly ModerationView[]): string[] => found.map(({ title }) => title);

describe('the organiser’s list', () => {
  const all = [gathering('later', 9, 0), gathering('sooner', 1, 0), gathering('reported', 5, 1), gathering('worst', 7, 3)];

  it('shows what was reported first, the most reported at the top', () => {
    expect(titles(inOrderOfNeed(all, ''))).toEqual(['worst', 'reported', 'sooner', 'later']);
  });

  it('is found by title or host', () => {
    expect(titles(inOrderOfNeed(all, 'SOON'))).toEqual(['sooner']);
    expect(titles(inOrderOfNeed(all, 'host of later'))).toEqual(['later']);
  });
});
