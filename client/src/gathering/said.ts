/** What a gathering says of itself, in the reader's language where it speaks it. */
import { titleFor, type CardView } from '@huddle/shared/gathering.ts';
import { languageOfText, type Language } from '@huddle/shared/language.ts';
import { language } from '../text/text.svelte.ts';

/** The title as I am shown it, and for `lang` in which language it is, where that is known: fonts and voices choose by it. */
export interface Said {
  readonly title: string;
  readonly lang: Language | undefined;
  /** Whether it is the second language's. */
  readonly second: boolean;
}

/** @param original whether I asked for the one or the other; undefined: as my language is */
export const said = (card: Pick<CardView, 'title' | 'second'>, original?: boolean): Said => {
  const { title, second } = card;
  const shown = original === undefined ? titleFor(card, language.chosen) : original ? title : second?.title;
  return second !== undefined && shown === second.title
    ? { title: shown, lang: second.language, second: true }
    : { title, lang: languageOfText(title), second: false };
};
