/** `npm run board -- create | import | export | list | backup`: the administrator at the command line, speaking HTTP to a running node. */
import { realpathSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { baseOf, fileSentence, findToken, linesOf, nodeAt, Stop, type CliParts, type Node, type Said } from './cli-node.ts';
import { environment } from './config.ts';
import { isListFormat, LIST_FORMATS, type ListFormat } from './list/format.ts';

const USAGE = `Usage:
  npm run board -- create <slug> --name "Harbour Meetup" --zone Asia/Hong_Kong --from 2026-11-20 --to 2026-11-22
  npm run board -- import <slug> <file.ics|csv|json>
  npm run board -- export <slug> <file.ics|csv|json>
  npm run board -- list
  npm run board -- backup

Options:
  --url <address>     of the node; else HUDDLE_URL, else http://127.0.0.1:<PORT or 3000>
  --format <format>   ics, csv or json, where the name of the file does not say
The admin token is HUDDLE_ADMIN_TOKEN, or stands in the file admin-token of the node's data folder (HUDDLE_DATA, else ./data).`;

const usage = (sentence: string): Stop => new Stop(`${sentence}\n\n${USAGE}`, 2);

const OPTIONS = {
  name: { type: 'string' },
  zone: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  url: { type: 'string' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
};
type Values = ReturnType<typeof parsed>['values'];

const formatOf = (file: string, { format }: Values): ListFormat => {
  const word =
    format ??
    /\.([a-z]+)$/i
      .exec(file)?.[1]
      ?.toLowerCase()
      .replace(/^ical$/, 'ics');
  if (!isListFormat(word)) throw usage(`"${file}" does not say its format: add --format ${LIST_FORMATS.join(', --format ')}.`);
  return word;
};

const boardPath = (slug: string): string => `/api/boards/${encodeURIComponent(slug)}`;

const create = async (node: Node, slug: string, values: Values, { out }: CliParts): Promise<void> => {
  const { name, zone, from, to } = values;
  if (name === undefined || zone === undefined || from === undefined || to === undefined)
    throw usage('`create` needs --name, --zone, --from and --to.');
  const body = JSON.stringify({ name, zone, from, to });
  const made = await node.askJson(boardPath(slug), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result } = made as { readonly result: { readonly url: string; readonly organiserUrl: string } };
  out(`Board:      ${result.url}`);
  out(`Organiser:  ${result.organiserUrl}`);
  out('Whoever opens the organiser link runs the board: keep it to yourself.');
};

const bringIn = async (node: Node, slug: string, file: string, values: Values, { cwd, out, progress }: CliParts): Promise<void> => {
  const path = resolve(cwd, file);
  const format = formatOf(file, values);
  const body = await readFile(path).catch((error: unknown): never => {
    throw new Stop(fileSentence(error, path));
  });
  const response = await node.ask(`${boardPath(slug)}/import?format=${format}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(body),
  });
  let report: Said['report'];
  let error: Said['error'];
  for await (const said of linesOf(response)) {
    report = said.report ?? report;
    error = said.error ?? error;
    if (said.of !== undefined) progress?.(`${said.done ?? 0} of ${said.of} …`);
  }
  progress?.('');
  if (report !== undefined) {
    const { added, changed, same, skipped } = report;
    out(`${added} new, ${changed} changed, ${same} the same, ${skipped.length} to look at`);
    for (const { line, field, reason } of skipped)
      out(`  ${line > 0 ? `line ${line}` : 'file'}${field === '' ? '' : `, ${field}`}: ${reason}`);
  }
  if (error !== undefined)
    throw new Stop(`Not all of it went in (${error.message ?? error.code}): run the same command again, what is there stays as it is.`);
  if (report === undefined) throw new Stop('The node broke off: run the same command again, what is there stays as it is.');
};

const takeOut = async (node: Node, slug: string, file: string, values: Values, { cwd, out }: CliParts): Promise<void> => {
  const path = resolve(cwd, file);
  const response = await node.ask(`${boardPath(slug)}/export?format=${formatOf(file, values)}`);
  await writeFile(path, Buffer.from(await response.arrayBuffer())).catch((error: unknown): never => {
    throw new Stop(fileSentence(error, path));
  });
  out(`Written to ${path}. It shows places that only those going may see.`);
};

interface Listed {
  readonly slug: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly organiserUrl?: string;
}

const list = async (node: Node, { out }: CliParts): Promise<void> => {
  const { boards } = (await node.askJson('/api/boards')) as { readonly boards: readonly Listed[] };
  if (boards.length === 0) out('No boards yet: make one with `npm run board -- create …`.');
  const widest = Math.max(0, ...boards.map(({ slug }) => slug.length));
  for (const { slug, name, from, to, organiserUrl } of boards) {
    out(`${slug.padEnd(widest)}  ${from} – ${to}  ${name}`);
    if (organiserUrl !== undefined) out(`${''.padEnd(widest)}  ${organiserUrl}`);
  }
};

const backup = async (node: Node, { out }: CliParts): Promise<void> => {
  const { file } = (await node.askJson('/api/backup', { method: 'POST' })) as { readonly file: string };
  out(`Copied to ${file}, on the machine of the node. Keep it elsewhere; docs/operating.md says how to restore it.`);
};

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  create: ['slug'],
  import: ['slug', 'file'],
  export: ['slug', 'file'],
  list: [],
  backup: [],
};

const perform = async (args: readonly string[], parts: CliParts): Promise<void> => {
  const { values, positionals } = parsed(args);
  const [verb, slug, file, ...more] = positionals;
  if (values.help) {
    parts.out(USAGE);
    return;
  }
  if (verb === undefined) throw usage('Say what to do.');
  const wanted = ARGUMENTS[verb];
  if (wanted === undefined) throw usage(`There is no "${verb}".`);
  if (positionals.length !== wanted.length + 1 || more.length > 0)
    throw usage(`\`${verb}\` takes ${wanted.map((name) => `<${name}>`).join(' ') || 'nothing more'}.`);
  const base = baseOf(values.url, parts);
  const token = await findToken(parts);
  if (token === undefined && verb !== 'list') {
    throw new Stop(
      'There is no admin token: set HUDDLE_ADMIN_TOKEN, or HUDDLE_DATA to the data folder of the node, which holds it once the node has been started.',
    );
  }
  const node = nodeAt(base, token, slug);
  if (verb === 'list') return list(node, parts);
  if (verb === 'backup') return backup(node, parts);
  if (verb === 'create') return create(node, slug ?? '', values, parts);
  return (verb === 'import' ? bringIn : takeOut)(node, slug ?? '', file ?? '', values, parts);
};

/** Does what the arguments say. @returns the exit code: 0, 1 when it could not be done, 2 for wrong usage */
export const runCli = async (args: readonly string[], parts: CliParts): Promise<number> => {
  try {
    await perform(args, parts);
    return 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    parts.err(error.message);
    return error.code;
  }
};

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { stdout } = process;
  const watched = stdout.isTTY ? { progress: (text: string) => stdout.write(`\r\u001b[K${text}`) } : {};
  const io = { out: (line: string) => console.log(line), err: (line: string) => console.error(line), ...watched };
  process.exitCode = await runCli(process.argv.slice(2), { env: environment(), cwd: process.cwd(), ...io });
}
