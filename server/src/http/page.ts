/** The pages: the client's index.html with title, description, Open Graph tags and the snapshot of what it shows. */
import type { Drawn, Inlined } from '@huddle/shared/first-look.ts';
import type { Language } from '@huddle/shared/language.ts';
import type { Snapshot } from '@huddle/shared/protocol.ts';
import { MINUTE, steadyAround } from '@huddle/shared/time.ts';
import { Router, type Request, type Response } from 'express';
import type { ServedBoard } from '../live/api.ts';
import type { BuiltClient, PageScreen } from './built-client.ts';
import { readyFile, sendFile, type ReadyFile } from './file.ts';
import { boardPicture, gatheringPicture, type PictureWords } from '../picture/picture-words.ts';
import { pictureKey } from '../picture/painter.ts';
import { boardHead, gatheringHead, homeHead, noBoardHead, nowhereHead, headLanguage, type PageHead, type PageLinks } from './page-head.ts';
import { boardOf, type HttpParts } from './parts.ts';
import { readerOf } from './reader.ts';
import { createShell } from './shell.ts';

/** How long a page is sent again before it is made anew, in ms. */
const FRESH_MS = 1000;
/** How many pages are kept ready. */
const KEPT = 500;

/** Pages by path, each made at most once a second, the least recently made dropped first. */
const pageCache = (now: () => number): ((path: string, make: () => string) => ReadyFile) => {
  const pages = new Map<string, { readonly file: ReadyFile; readonly madeAt: number }>();
  return (path, make) => {
    const kept = pages.get(path);
    if (kept !== undefined && now() - kept.madeAt < FRESH_MS && now() >= kept.madeAt) return kept.file;
    const file = readyFile('html', make());
    pages.delete(path);
    pages.set(path, { file, madeAt: now() });
    const oldest = pages.keys().next().value;
    if (pages.size > KEPT && oldest !== undefined) pages.delete(oldest);
    return file;
  };
};

/** Where the installed app's shortcuts lead on a board. */
const STARTS: ReadonlyMap<unknown, string> = new Map([
  ['post', '/post'],
  ['mine', '?mine=1'],
]);

/** What a page is made of, once it has to be made. */
interface Wanted {
  /** Names the page among those kept ready, and is where its first look is drawn. */
  readonly path: string;
  readonly status?: 200 | 404;
  readonly screen?: PageScreen;
  /** Whether what is seen first depends on nothing but the path. */
  readonly drawn?: boolean;
  /** @param language of the reader, most likely */
  readonly make: (language: Language) => {
    readonly head: PageHead;
    readonly links?: PageLinks | undefined;
    readonly snapshot?: Snapshot;
    readonly opened?: Inlined['opened'];
  };
}

const NOTHING_DRAWN: Drawn = { body: '', texts: {} };

const pageSender = (
  { now, firstLook, log }: HttpParts,
  client: BuiltClient,
): ((request: Request, response: Response, wanted: Wanted) => void) => {
  const shell = createShell(client);
  const kept = pageCache(now);
  /** A page works without. */
  const draw = (path: string, language: Language, snapshot: Snapshot, opened: Inlined['opened']): Drawn => {
    try {
      return firstLook?.({ path, language, snapshot, opened: opened?.views ?? [], now: now() }) ?? NOTHING_DRAWN;
    } catch (err) {
      log.error({ err, path }, 'a first look could not be drawn');
      return NOTHING_DRAWN;
    }
  };
  return (request, response, { path, status = 200, screen = 'board', drawn = false, make }) => {
    const reader = readerOf(request);
    const file = kept(`${reader.language} ${reader.theme} ${drawn} ${path}`, () => {
      const { head, links, snapshot, opened } = make(reader.language);
      if (snapshot === undefined) return shell(head, { reader, screen, links });
      const { body, texts } = drawn ? draw(path, reader.language, snapshot, opened) : NOTHING_DRAWN;
      // With the time at which the page is made: an idle board's snapshot may be hours old, and a phone sets its clock by it (B8).
      const clocks = steadyAround(now(), snapshot.board.zone);
      const inlined: Inlined = { ...snapshot, serverNow: now(), opened, clocks, texts };
      const clock = body === '' ? undefined : clocks.offset / MINUTE;
      return shell(head, { reader, screen, links, look: body, clock, snapshotJson: JSON.stringify(inlined) });
    });
    response.vary('Accept-Language, Cookie');
    sendFile(request, response, file, 'no-cache', status);
  };
};

/** Where the picture is asked for: what it says is part of the address, because chats ask once and keep it. */
const picturePath = (path: string, words: PictureWords): string => `${path}?l=${words.language}&v=${pictureKey(words)}`;

/** Whether the query asks for nothing: a choice of the list, or a draft, is drawn by the phone alone. */
const isPlain = ({ query }: Request): boolean => Object.keys(query).length === 0;

/** What a gathering's page shows beyond its card, as everybody may see it. */
const openedBy = (board: ServedBoard, gathering: string): Inlined['opened'] => {
  const opened = board.open(`gathering/${gathering}`, undefined);
  return opened.ok ? { gathering, views: opened.views } : undefined;
};

export const pageRoutes = (parts: HttpParts, client: BuiltClient): Router => {
  const router = Router();
  const send = pageSender(parts, client);
  const linksOf = (path: string, picture?: string): PageLinks | undefined =>
    parts.publicUrl === undefined
      ? undefined
      : { url: `${parts.publicUrl}${path}`, ...(picture === undefined ? {} : { picture: `${parts.publicUrl}${picture}` }) };

  /** @param wanted which of its screens, and how, where it is not the board as such */
  const sendBoard = (request: Request, response: Response, board: ServedBoard, wanted: Partial<Wanted> = {}): void => {
    const path = `/b/${board.slug}`;
    const make = (reader: Language) => {
      const { snapshot } = board.snapshot();
      const language = headLanguage(snapshot.board.name, reader);
      const picture = picturePath(`${path}.png`, boardPicture(snapshot, language));
      return { head: boardHead(snapshot, language), links: linksOf(path, picture), snapshot };
    };
    send(request, response, { path, make, ...wanted });
  };
  const sendNoBoard = (request: Request, response: Response): void =>
    send(request, response, { path: 'no board', status: 404, make: () => ({ head: noBoardHead }) });

  router.get('/', async (request, response) => {
    const [first, ...others] = await parts.boards.list();
    if (first !== undefined && others.length === 0)
      response.set('Cache-Control', 'no-cache').redirect(302, `/b/${first.slug}${STARTS.get(request.query['start']) ?? ''}`);
    else send(request, response, { path: '/', make: () => ({ head: homeHead, links: linksOf('/') }) });
  });

  // What a service worker keeps, to open any page offline: the page without a board in it.
  router.get('/shell', (request, response) => send(request, response, { path: '/shell', make: () => ({ head: homeHead }) }));

  router.get('/b/:board/g/:gathering', async (request, response) => {
    const board = await boardOf(parts, request.params.board);
    const gathering = board?.snapshot().snapshot.gatherings.find(({ id }) => id === request.params.gathering);
    if (board === undefined) sendNoBoard(request, response);
    // The board itself is still worth showing; the client says that the gathering is not there.
    else if (gathering === undefined) sendBoard(request, response, board, { status: 404 });
    else {
      const path = `/b/${board.slug}/g/${gathering.id}`;
      const make = (reader: Language) => {
        const { snapshot } = board.snapshot();
        const language = headLanguage(gathering.title, reader);
        const picture = picturePath(`${path}.png`, gatheringPicture(snapshot, gathering, language, parts.now()));
        return {
          head: gatheringHead(snapshot, gathering, language),
          links: linksOf(path, picture),
          snapshot,
          opened: openedBy(board, gathering.id),
        };
      };
      send(request, response, { path, screen: 'gathering', drawn: true, make });
    }
  });

  router.get('/b/:board{/*path}', async (request, response) => {
    const board = await boardOf(parts, request.params.board);
    const path = `/b/${request.params.board}`;
    if (board === undefined) sendNoBoard(request, response);
    else if (request.path === path) sendBoard(request, response, board, { drawn: isPlain(request) });
    else if (request.path === `${path}/post`)
      sendBoard(request, response, board, { path: request.path, screen: 'post', drawn: isPlain(request) });
    else sendBoard(request, response, board);
  });

  router.get('/{*path}', (request, response) =>
    send(request, response, { path: 'nowhere', status: 404, make: () => ({ head: nowhereHead }) }),
  );
  return router;
};
