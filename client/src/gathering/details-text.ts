/** A gathering as a few lines of text, for what takes no file. */
import type { CardView } from '@huddle/shared/gathering.ts';
import { said } from './said.ts';
import { timeRange } from './times.ts';

/** Title, time in venue time with its zone, place if the card has it, and the link. */
export const detailsText = (card: CardView, zone: string, language: string, url: string): string =>
  [said(card).title, `${timeRange(card.start, card.end, zone, language)} (${zone})`, card.place, url].filter(Boolean).join('\n');
