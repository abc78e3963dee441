/** A node's HTTP side as scripts and pages use it. */
import { randomBytes } from 'node:crypto';
import { idFrom } from '@huddle/shared/ids.ts';
import type { Ack, CommandInput, SentCommand, Snapshot } from '@huddle/shared/protocol.ts';

/** A guest session: the signed cookie as a browser would send it back. */
export interface Session {
  readonly cookie: string;
}

/** Who asks over HTTP: a guest with a cookie, or a bearer of a token (the deployment's administrator). */
export type Asker = Session | { readonly token: string };

/** A fresh id, as clients make them. */
export const freshId = (): string => idFrom(randomBytes(12));

/** A command with a fresh id. */
export const withId = (command: CommandInput): SentCommand => ({ ...command, id: freshId() });

/** A guest session where there was none. */
export const guest = async (url: string): Promise<Session> => {
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { origin: url } });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || cookie === undefined) throw new Error(`no session: ${answer.status} ${await answer.text()}`);
  return { cookie };
};

const headersOf = (url: string, asker: Asker): Record<string, string> =>
  'cookie' in asker ? { origin: url, cookie: asker.cookie } : { authorization: `Bearer ${asker.token}` };

/** A command over HTTP. The same ack as on a socket; see the protocol for the status that goes with each code. */
export const post = async (url: string, board: string, command: SentCommand, asker: Asker): Promise<Ack> => {
  const answer = await fetch(`${url}/api/boards/${board}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(url, asker) },
    body: JSON.stringify(command),
    signal: AbortSignal.timeout(5000),
  });
  return (await answer.json()) as Ack;
};

/** The board as everybody sees it, and the text it came as. */
export const snapshotOf = async (url: string, board: string): Promise<{ readonly snapshot: Snapshot; readonly text: string }> => {
  const answer = await fetch(`${url}/api/boards/${board}`, { signal: AbortSignal.timeout(5000) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`no snapshot: ${answer.status} ${text}`);
  return { snapshot: JSON.parse(text) as Snapshot, text };
};

/** A list brought in as a file, as CSV. Resolves once the last part has been taken. */
export const importCsv = async (url: string, board: string, csv: string, asker: Asker): Promise<void> => {
  const answer = await fetch(`${url}/api/boards/${board}/import?format=csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...headersOf(url, asker) },
    body: csv,
  });
  const text = await answer.text();
  if (!answer.ok || text.includes('"error"')) throw new Error(`not imported: ${answer.status} ${text.slice(0, 500)}`);
};
