/** What a page says of itself before any script runs: in a chat, to a search engine, in the title. */
import type { BoardView } from '@huddle/shared/board.ts';
import { intlOf, languageOfText, type Language } from '@huddle/shared/language.ts';
import type { Snapshot, SnapshotGathering } from '@huddle/shared/protocol.ts';
import { PAGE_WORDS } from './page-words.ts';

export interface PageHead {
  readonly title: string;
  readonly description: string;
}

/** Where a page is and which picture stands for it: absolute, so only where the operator said how people reach us – a stranger chooses `Host`. */
export interface PageLinks {
  readonly url: string;
  readonly picture?: string;
}

/** From the first to the last day of a board. */
export const dayRange = (from: string, to: string, language: Language): string => {
  const day = new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return day.formatRange(Date.parse(from), Date.parse(to));
};

/** English as it is read in most places: the day before the month. */
const localeOf = (language: Language): string => (language === 'en' ? 'en-GB' : intlOf(language));

/**
 * In which language a page speaks of itself: in that of its own words, because the chats that ask for it tell nothing of who will read it;
 * else in the reader's.
 */
export const headLanguage = (text: string, reader: Language): Language => languageOfText(text) ?? reader;

/** What a link to the board says in a chat. */
export const boardHead = ({ board, gatherings }: Snapshot, language: Language): PageHead => ({
  title: `${board.name} · Huddle`,
  description: `${dayRange(board.from, board.to, language)} · ${PAGE_WORDS[language].board(gatherings.length)}`,
});

/** Whether there is a seat, in words. */
export const seatWords = ({ capacity, taken, closed, cancelled }: SnapshotGathering, language: Language): string => {
  const words = PAGE_WORDS[language];
  if (cancelled) return words.cancelled;
  if (closed) return words.doorClosed;
  if (capacity === undefined) return taken === 0 ? words.open : words.going(taken);
  return taken >= capacity ? words.full : words.seatsFree(capacity - taken, capacity);
};

/** From when to when, in venue time (C4). */
export const timeWords = ({ zone }: Pick<BoardView, 'zone'>, { start, end }: SnapshotGathering, language: Language): string => {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  const format = { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  return new Intl.DateTimeFormat(localeOf(language), format).formatRange(start, end);
};

/** What a link to the gathering says in a chat: in both of its languages, because nobody knows who will read it. */
export const gatheringHead = ({ board }: Snapshot, gathering: SnapshotGathering, language: Language): PageHead => {
  const by = gathering.hosts.length === 0 ? '' : PAGE_WORDS[language].by(gathering.hosts.join(', '));
  const facts = [timeWords(board, gathering, language), gathering.place, seatWords(gathering, language), by];
  const title = gathering.second === undefined ? gathering.title : `${gathering.title} / ${gathering.second.title}`;
  return { title: `${title} · ${board.name}`, description: facts.filter(Boolean).join(' · ') };
};

export const homeHead: PageHead = {
  title: 'Huddle',
  description: 'The live boards of meetups and conferences: see what is on now, take a seat, post your own.',
};

export const noBoardHead: PageHead = {
  title: 'Not found · Huddle',
  description: 'There is no board of that name here. Perhaps the link is cut off.',
};

export const nowhereHead: PageHead = { title: 'Not found · Huddle', description: 'There is nothing at this address.' };
