/** The node as the command line sees it: where it is, what opens it, how it answers – and the sentences for when it does not. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tokenFile } from './http/admin.ts';

/** What the command line touches. */
export interface CliParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where files on the command line are named from. */
  readonly cwd: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Shows how far it is, over what it showed before; absent where nobody watches. */
  readonly progress?: (text: string) => void;
}

/** A way to go on that the person is told in a sentence. Exit code 1; of wrong usage 2. */
export class Stop extends Error {
  constructor(
    message: string,
    readonly code: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** What is said of an answer that is none of a node's. */
const noNode = (base: string): Stop =>
  new Stop(`What answers at ${base} is not Huddle: name the address of the node with --url or HUDDLE_URL.`);

/** What went wrong with a file, for people. */
export const fileSentence = (error: unknown, path: string): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `There is no ${path}: check the name.`;
  if (code === 'EISDIR') return `${path} is a folder: name a file in it.`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be used by this user: run as one who may, or name another file.`;
  return `${path} cannot be used (${String(code ?? error)}).`;
};

/** The folder of the project: the node keeps its data there unless it is told otherwise. */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** @returns undefined when there is none */
export const findToken = async ({ env, cwd }: CliParts): Promise<string | undefined> => {
  const given = env['HUDDLE_ADMIN_TOKEN']?.trim();
  if (given !== undefined && given !== '') return given;
  const folders = env['HUDDLE_DATA'] ? [resolve(cwd, env['HUDDLE_DATA'])] : [join(cwd, 'data'), join(PROJECT, 'data')];
  for (const path of folders.map(tokenFile)) {
    try {
      return (await readFile(path, 'utf8')).trim();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')))
        throw new Stop(fileSentence(error, path));
    }
  }
  return undefined;
};

/** The node, and how to ask it. */
export interface Node {
  /** @throws Stop with a sentence when the node does not answer, or refuses */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** The same, where the answer is one object. @throws Stop also when it is none */
  askJson(path: string, init?: RequestInit): Promise<object>;
}

/** The address of the node, without a slash at the end. */
export const baseOf = (url: string | undefined, { env }: CliParts): string => {
  // As for the node itself, an empty variable is one that is not there.
  const base = url ?? (env['HUDDLE_URL'] || `http://127.0.0.1:${env['PORT'] || '3000'}`);
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol))
    throw new Stop(`"${base}" is not an address such as http://127.0.0.1:3000.`, 2);
  return base.replace(/\/+$/, '');
};

/** What a node says when it refuses: `{ ok: false, code, field?, message? }`. */
const refusalOf = async (response: Response, slug: string | undefined): Promise<Stop> => {
  const said: unknown = await response.json().catch(() => undefined);
  const { code, field, message } = (typeof said === 'object' && said !== null ? said : {}) as Record<string, unknown>;
  if (response.status === 401 || response.status === 403)
    return new Stop('The node does not accept the admin token: set HUDDLE_ADMIN_TOKEN to its own, or HUDDLE_DATA to its data folder.');
  if (code === 'notFound' && slug !== undefined)
    return new Stop(`There is no board "${slug}": see \`npm run board -- list\`, or make it with \`npm run board -- create ${slug} …\`.`);
  if (code === 'idTaken' && slug !== undefined)
    return new Stop(`The board "${slug}" exists already: choose another name, or go on with it.`);
  if (response.status === 503) return new Stop('The node cannot write right now: its store is away. Try again in a moment.');
  const about = typeof field === 'string' ? `${field}: ` : '';
  return new Stop(
    `The node refused (${response.status}): ${about}${typeof message === 'string' ? message : typeof code === 'string' ? code : 'no reason given'}`,
  );
};

/** @param slug the board that is spoken of, for sentences */
export const nodeAt = (base: string, token: string | undefined, slug: string | undefined): Node => {
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new Stop('The admin token has blanks or letters that no node accepts: copy it once more from the file admin-token of the node.');
  const ask: Node['ask'] = async (path, init = {}) => {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(`${base}${path}`, { ...init, headers, redirect: 'error' }).catch((): never => {
      throw new Stop(`No node answers at ${base}: start one with \`npm start\`, or name its address with --url or HUDDLE_URL.`);
    });
    if (!response.ok) throw await refusalOf(response, slug);
    return response;
  };
  const askJson: Node['askJson'] = async (path, init) => {
    const said: unknown = await (await ask(path, init)).json().catch(() => undefined);
    if (typeof said !== 'object' || said === null) throw noNode(base);
    return said;
  };
  return { ask, askJson };
};

interface Skipped {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}
/** A line of the node's answer to an import. */
export interface Said {
  readonly done?: number;
  readonly of?: number;
  readonly report?: { readonly added: number; readonly changed: number; readonly same: number; readonly skipped: readonly Skipped[] };
  readonly error?: { readonly code: string; readonly message?: string };
}

const said = (line: string, { url }: Response): Said => {
  try {
    return JSON.parse(line) as Said;
  } catch {
    throw noNode(new URL(url).origin);
  }
};

/** The lines of an NDJSON answer, as they arrive. @throws Stop when they are none */
export async function* linesOf(response: Response): AsyncGenerator<Said> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield said(line, response);
  }
  if (rest.trim() !== '') yield said(rest, response);
}
