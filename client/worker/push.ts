/** Messages that are pushed while no page is open: said in their reader's language, and what a tap on one opens. */
import { directionOf, intlOf, isLanguage, type Language } from '../../shared/src/language.ts';
import type { PushMessage } from '../../shared/src/push.ts';
import { headlineOf, type Saying } from '../src/notice/headline.ts';
import type { Going } from '../src/offline/worker.ts';
import { news as ar } from '../src/text/ar-news.ts';
import { news as en, type News } from '../src/text/en-news.ts';
import { news as es } from '../src/text/es-news.ts';
import { news as ja } from '../src/text/ja-news.ts';
import { news as ko } from '../src/text/ko-news.ts';
import { news as zhHans } from '../src/text/zh-Hans-news.ts';
import { news as zhHant } from '../src/text/zh-Hant-news.ts';

const NEWS: Record<Language, News> = { ar, en, es, ja, ko, 'zh-Hans': zhHans, 'zh-Hant': zhHant };

/** What the system shows. `data`: the path that a tap opens. */
export interface Shown {
  readonly title: string;
  /** `renotify` is not in the types: another message in the place of an older one is heard as well. */
  readonly options: NotificationOptions & { readonly data: string; readonly renotify?: true };
}

const headline = (message: PushMessage, saying: Saying): string | undefined => {
  if (message.notice !== undefined) return headlineOf({ ...message, kind: message.notice }, saying);
  if (message.kind === 'organiser') return saying.news.announcement;
  return message.kind === 'promoted' || message.kind === 'released' ? saying.news[message.kind] : undefined;
};

/** A newer state of the same thing takes the place of the older one; a free line takes nobody's. */
const tagOf = ({ board, gathering, kind, notice }: PushMessage): string | undefined =>
  gathering === undefined || notice === 'text' ? undefined : `${board}/${gathering}/${kind}`;

/** @param message from our own server: encrypted on its way, so it needs no second look */
export const shownOf = (message: PushMessage): Shown => {
  const { board, boardName, zone, gathering, title, text } = message;
  // A server that is newer than this worker may know further languages.
  const language = isLanguage(message.language) ? message.language : 'en';
  const said = headline(message, { news: NEWS[language], zone, language: intlOf(language) });
  const tag = tagOf(message);
  return {
    title: title ?? boardName,
    options: {
      body: [said, text].filter((line) => line !== undefined && line !== '').join('\n'),
      lang: language,
      dir: directionOf(language),
      icon: '/icon-512.png',
      data: gathering === undefined ? `/b/${board}/inbox` : `/b/${board}/g/${gathering}`,
      ...(tag === undefined ? {} : { tag, renotify: true }),
    },
  };
};

/** What opening a page takes: a part of the worker's own world. */
export interface Windows {
  readonly matchAll: (options: ClientQueryOptions & { type: 'window' }) => Promise<readonly WindowClient[]>;
  readonly openWindow: (url: string) => Promise<unknown>;
}

/**
 * Shows a path: in a page of that board that is open, which goes there by itself and so loses nothing that is typed in it; else in
 * a new one.
 */
export const openPath = async (windows: Windows, path: string): Promise<void> => {
  const [, board = ''] = /^(\/b\/[^/]+)/.exec(path) ?? [];
  const open = await windows.matchAll({ type: 'window', includeUncontrolled: true });
  const isOfBoard = ({ url }: WindowClient): boolean => `${new URL(url).pathname}/`.startsWith(`${board}/`);
  const page = open.find(({ url }) => new URL(url).pathname === path) ?? open.find(isOfBoard);
  if (page === undefined) {
    await windows.openWindow(path);
    return;
  }
  const going: Going = { go: path };
  page.postMessage(going);
  // A browser may keep a page in the background all the same; it shows the right thing once somebody looks.
  await page.focus().catch(() => undefined);
};
