/** The page: the client's index.html with title, description, Open Graph tags and the snapshot of what it shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot, SnapshotGathering } from '@huddle/shared/protocol.ts';
import { Router, type Request, type Response } from 'express';
import type { ServedBoard } from '../live/api.ts';
import { readyFile, sendFile, type ReadyFile } from './file.ts';
import { boardOf, type HttpParts } from './parts.ts';

/** How long a page is sent again before it is made anew, in ms. */
const FRESH_MS = 1000;
/** How many pages are kept ready. */
const KEPT = 500;

/** What a page says of itself before any script runs. */
interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Absolute; only where the operator said how people reach us, because a stranger chooses the Host header. */
  readonly url?: string | undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** JSON that can stand in a script element: nothing in it ends the element or, in old browsers, a line. */
const inlineJson = (json: string): string =>
  json.replace(/[<\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The built index.html, cut where the head of each page goes in. */
const readShell = (folder: string): ((head: PageHead, snapshotJson?: string) => string) => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const bare = html.replace(/\s*<title>.*?<\/title>/s, '').replace(/\s*<meta\s+name="description"[^>]*>/s, '');
  const cut = bare.indexOf('</head>');
  if (cut < 0) throw new Error(`${folder}/index.html has no head; build the client again with: npm run build`);
  const before = bare.slice(0, cut);
  const after = bare.slice(cut);
  return ({ title, description, url }, snapshotJson) => {
    const [t, d] = [escapeHtml(title), escapeHtml(description)];
    const tags = [
      `<title>${t}</title>`,
      `<meta name="description" content="${d}" />`,
      `<meta property="og:type" content="website" />`,
      `<meta property="og:site_name" content="Huddle" />`,
      `<meta property="og:title" content="${t}" />`,
      `<meta property="og:description" content="${d}" />`,
      ...(url === undefined
        ? []
        : [`<meta property="og:url" content="${escapeHtml(url)}" />`, `<link rel="canonical" href="${escapeHtml(url)}" />`]),
      ...(snapshotJson === undefined ? [] : [`<script type="application/json" id="snapshot">${inlineJson(snapshotJson)}</script>`]),
    ];
    return `${before}${tags.join('\n    ')}\n  ${after}`;
  };
};

const dayRange = (from: string, to: string): string => {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return day.formatRange(Date.parse(from), Date.parse(to));
};

/** What a link to the board says in a chat. */
const boardHead = ({ board, gatherings }: Snapshot, url?: string): PageHead => ({
  title: `${board.name} · Huddle`,
  description: `${dayRange(board.from, board.to)} · ${gatherings.length === 1 ? '1 gathering' : `${gatherings.length} gatherings`} on the live board: see what is on now, take a seat, post your own.`,
  url,
});

const seats = ({ capacity, taken, closed, cancelled }: SnapshotGathering): string => {
  if (cancelled) return 'cancelled';
  if (closed) return 'door closed';
  if (capacity === undefined) return taken === 0 ? 'open to all' : `${taken} going`;
  return taken >= capacity ? 'full, with a waitlist' : `${capacity - taken} of ${capacity} seats free`;
};

/** What a link to the gathering says in a chat, in venue time (C4). */
const gatheringHead = ({ board }: Snapshot, gathering: SnapshotGathering, url?: string): PageHead => {
  const format = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: board.zone } as const;
  const when = new Intl.DateTimeFormat('en-GB', format).formatRange(gathering.start, gathering.end);
  const facts = [when, gathering.place, seats(gathering), gathering.hosts.length === 0 ? '' : `with ${gathering.hosts.join(', ')}`];
  return { title: `${gathering.title} · ${board.name}`, description: facts.filter(Boolean).join(' · '), url };
};

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

/** @param folder of the built client */
export const pageRoutes = (parts: HttpParts, folder: string): Router => {
  const router = Router();
  const shell = readShell(folder);
  const page = pageCache(parts.now);
  const urlOf = (path: string): string | undefined => (parts.publicUrl === undefined ? undefined : `${parts.publicUrl}${path}`);
  /** With the time at which the page is made: an idle board's snapshot may be hours old, and a phone sets its clock by it (B8). */
  const jsonOf = (snapshot: Snapshot): string => JSON.stringify({ ...snapshot, serverNow: parts.now() });
  const send = (request: Request, response: Response, file: ReadyFile, status = 200): void =>
    sendFile(request, response, file, 'no-cache', status);

  const sendBoard = (request: Request, response: Response, board: ServedBoard, status = 200): void => {
    const path = `/b/${board.slug}`;
    const file = page(path, () => {
      const made = board.snapshot();
      return shell(boardHead(made.snapshot, urlOf(path)), jsonOf(made.snapshot));
    });
    send(request, response, file, status);
  };

  const sendNoBoard = (request: Request, response: Response): void => {
    const head = { title: 'Not found · Huddle', description: 'There is no board of that name here. Perhaps the link is cut off.' };
    send(
      request,
      response,
      page('404', () => shell(head)),
      404,
    );
  };

  router.get('/', async (request, response) => {
    const [first, ...others] = await parts.boards.list();
    if (first !== undefined && others.length === 0) {
      response.set('Cache-Control', 'no-cache').redirect(302, `/b/${first.slug}`);
      return;
    }
    const head = {
      title: 'Huddle',
      description: 'The live boards of meetups and conferences: see what is on now, take a seat, post your own.',
      url: urlOf('/'),
    };
    send(
      request,
      response,
      page('/', () => shell(head)),
    );
  });

  router.get('/b/:board/g/:gathering', async (request, response) => {
    const board = await boardOf(parts, request.params.board);
    if (board === undefined) {
      sendNoBoard(request, response);
      return;
    }
    const gathering = board.snapshot().snapshot.gatherings.find(({ id }) => id === request.params.gathering);
    // The board itself is still worth showing; the client says that the gathering is not there.
    if (gathering === undefined) {
      sendBoard(request, response, board, 404);
      return;
    }
    const path = `/b/${board.slug}/g/${gathering.id}`;
    const file = page(path, () => {
      const made = board.snapshot();
      return shell(gatheringHead(made.snapshot, gathering, urlOf(path)), jsonOf(made.snapshot));
    });
    send(request, response, file);
  });

  router.get('/b/:board{/*path}', async (request, response) => {
    const board = await boardOf(parts, request.params.board);
    if (board === undefined) sendNoBoard(request, response);
    else sendBoard(request, response, board);
  });

  return router;
};

/** A page for every other path: it says that nothing is here. */
export const notFoundPage = (folder: string): ((request: Request, response: Response) => void) => {
  const file = readyFile('html', readShell(folder)({ title: 'Not found · Huddle', description: 'There is nothing at this address.' }));
  return (request, response) => sendFile(request, response, file, 'no-cache', 404);
};
