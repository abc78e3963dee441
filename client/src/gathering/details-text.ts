/** A gathering as a few lines of text, for what takes no file. */
import type { CardView } from '@huddle/shared/gathering.ts';
import { timeRange } from './times.ts';

/** Title, time in venue time with its zone, place if the card has it, and the link. */
export const detailsText = ({ title, start, end, place }: CardView, zone: string, language: string, url: string): string =>
  [title, `${timeRange(start, end, zone, language)} (${zone})`, place, url].filter(Boolean).join('\n');
