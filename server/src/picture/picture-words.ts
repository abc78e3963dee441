/** What a picture of a link says: the same as the page's head, as lines to draw. */
import type { Language } from '@huddle/shared/language.ts';
import type { Snapshot, SnapshotGathering } from '@huddle/shared/protocol.ts';
import { PAGE_WORDS } from '../http/page-words.ts';
import { dayRange, seatWords, timeWords } from '../http/page-head.ts';

/** Everything that is drawn; two that are equal are the same picture. */
export interface PictureWords {
  readonly language: Language;
  readonly board: string;
  readonly title: string;
  /** When, and where unless that is for those going alone. */
  readonly facts: readonly string[];
  readonly state: { readonly text: string; readonly off: boolean } | undefined;
  /** Says where the title stands if no font of ours has its script. */
  readonly instead: string;
}

// Controls, marks of direction and pictographs: they draw nothing here, or something else than was meant.
const NOT_DRAWN = /\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\ufe0f/gu;
// A tower of marks on one letter, or marks on none, would be drawn over everything else.
const TOWERS = /(?<=^|\s)\p{M}+|(\p{M}{3})\p{M}+/gu;

/** A text of a guest as it can be drawn: one line, without what is not letters. */
const drawable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\t\n\r]/g, ' ')
    // Digits and signs such as © count as pictographs, and are drawn well.
    .replace(NOT_DRAWN, (character) => (/[\u0020-\u00ff]/.test(character) && !/\p{Cc}|\u00ad/u.test(character) ? character : ''))
    .replace(TOWERS, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/** The picture of a gathering, in venue time (C4). @param now epoch ms */
export const gatheringPicture = ({ board }: Snapshot, gathering: SnapshotGathering, language: Language, now: number): PictureWords => {
  const words = PAGE_WORDS[language];
  const over = gathering.end <= now;
  return {
    language,
    board: drawable(board.name),
    title: drawable(gathering.title),
    facts: [timeWords(board, gathering, language), drawable(gathering.place ?? '')].filter(Boolean),
    state: {
      text: over && !gathering.cancelled ? words.over : seatWords(gathering, language),
      off: over || gathering.cancelled === true || gathering.closed === true,
    },
    instead: words.aGathering,
  };
};

/** The picture of a board. */
export const boardPicture = ({ board }: Snapshot, language: Language): PictureWords => ({
  language,
  board: 'Huddle',
  title: drawable(board.name),
  facts: [dayRange(board.from, board.to, language)],
  state: undefined,
  instead: 'Huddle',
});
