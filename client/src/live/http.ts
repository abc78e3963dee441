/** The same board over plain HTTP: the snapshot, and a way around where sockets do not get through (C7). */
import type { Ack, SentCommand, Snapshot, View } from '@huddle/shared/protocol.ts';

/** How long an answer may take, in ms. */
const ANSWER_MS = 10_000;

export type SnapshotAnswer =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly etag: string | undefined }
  /** Not changed since the one with that ETag. */
  | { readonly kind: 'same' }
  | { readonly kind: 'noBoard' }
  | { readonly kind: 'away'; readonly retryAfterMs?: number };

/** Each answers "away" or undefined when there was no answer. */
export interface BoardHttp {
  /** @param etag of the last snapshot that was taken in: while that one is the newest, the answer is `same` */
  readonly snapshot: (etag?: string) => Promise<SnapshotAnswer>;
  /** `signedOut`: the session that this phone had is over; `nobody`: it has none. */
  me(): Promise<{ readonly person: string; readonly views: readonly View[] } | 'signedOut' | 'nobody' | undefined>;
  readonly gathering: (id: string) => Promise<readonly View[] | undefined>;
  readonly command: (command: SentCommand) => Promise<Ack | undefined>;
  /** A session where there is none yet; false: not now. */
  readonly session: () => Promise<boolean>;
}

/** What our own server sends needs no second look: it is parsed at the door where strangers are. */
const json = async <T>(response: Response): Promise<T> => (await response.json()) as T;

const ask = async (path: string, init: RequestInit = {}): Promise<Response | undefined> => {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), ANSWER_MS);
  try {
    return await fetch(path, { ...init, signal: aborter.signal });
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
};

/** Whether our server answered, or a network that wants a log-in first, and a proxy, with a page of its own. */
const isOurs = (response: Response): boolean => response.headers.get('content-type')?.startsWith('application/json') === true;

/** A body can break off as well as a request. */
const read = async <T>(response: Response | undefined): Promise<T | undefined> =>
  response?.ok === true && isOurs(response) ? json<T>(response).catch(() => undefined) : undefined;

const post = (path: string, body: unknown): Promise<Response | undefined> =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const retryAfter = (response: Response): { retryAfterMs?: number } => {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {};
};

/** What comes back from a request that is about no board. */
export type Answer<T = object> = ({ readonly ok: true } & T) | Extract<Ack, { ok: false }>;

/** Asks for something that is about no board; undefined: no answer. */
export const request = async <T = object>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer<T> | undefined> => {
  const response = await (body === undefined ? ask(path, { method, cache: 'no-store' }) : post(path, body));
  return response === undefined || !isOurs(response) ? undefined : json<Answer<T>>(response).catch(() => undefined);
};

/** @param slug of the board */
export const boardHttp = (slug: string): BoardHttp => {
  const board = `/api/boards/${slug}`;
  return {
    snapshot: async (etag) => {
      const conditional = etag === undefined ? {} : { headers: { 'if-none-match': etag } };
      const response = await ask(board, { cache: 'no-cache', ...conditional });
      if (response === undefined) return { kind: 'away' };
      if (response.status === 304) return { kind: 'same' };
      if (response.status === 404 && isOurs(response)) return { kind: 'noBoard' };
      const snapshot = await read<Snapshot>(response);
      if (snapshot === undefined) return { kind: 'away', ...retryAfter(response) };
      return { kind: 'snapshot', snapshot, etag: response.headers.get('etag') ?? undefined };
    },
    me: async () => {
      const response = await ask(`${board}/me`, { cache: 'no-store' });
      if (response?.status !== 401) return read(response);
      const ack = await json<Ack>(response).catch(() => undefined);
      if (ack?.ok !== false) return undefined;
      return ack.code === 'signedOut' ? 'signedOut' : 'nobody';
    },
    gathering: async (id) => (await read<{ views: readonly View[] }>(await ask(`${board}/gatherings/${id}`, { cache: 'no-cache' })))?.views,
    command: async (command) => {
      const response = await post(`${board}/commands`, command);
      // Refusals carry their own status, and the same body as over the socket; a proxy's error page does not.
      return response === undefined || !isOurs(response) ? undefined : json<Ack>(response).catch(() => undefined);
    },
    session: async () => (await read<{ person: string }>(await post('/api/session', {})))?.person !== undefined,
  };
};
