/** What a person who started the node reads in the terminal. */
import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';

export interface Greeting {
  /** Where it can be reached, the nearest first. */
  readonly addresses: readonly { readonly from: string; readonly url: string }[];
  /** What the QR code leads to. */
  readonly qr: string;
  readonly boards: readonly { readonly name: string; readonly url: string; readonly organiserUrl: string }[];
  /** How many boards there are beside those. */
  readonly more: number;
  /** Whether commits may be lost at a power cut (S4). */
  readonly relaxed: boolean;
  /** Whether there is a page to show. */
  readonly built: boolean;
}

/** This machine's own addresses in the local network, IPv4, which is what people type. */
const networkHosts = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((infos) =>
    (infos ?? [])
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
      .map(({ address }) => address),
  );

/** Where a node that listens there can be reached. @param host as in HOST @param port the port it got */
export const addressesOf = (host: string, port: number, publicUrl: string | undefined, network = networkHosts()): Greeting['addresses'] => {
  const named = publicUrl === undefined ? [] : [{ from: 'everywhere', url: publicUrl }];
  const isAny = host === '0.0.0.0' || host === '::';
  if (!isAny) return [{ from: 'this address', url: `http://${host.includes(':') ? `[${host}]` : host}:${port}` }, ...named];
  const nearby = network.map((address) => ({ from: 'phones on the same network', url: `http://${address}:${port}` }));
  return [{ from: 'this machine', url: `http://localhost:${port}` }, ...nearby, ...named];
};

const COMMAND = 'npm run board -- create my-meetup --name "My Meetup" --zone Asia/Hong_Kong --from 2027-03-20 --to 2027-03-21';

/** The whole text. Organisers' links are secrets: they are for the terminal, never for a log. */
export const greet = ({ addresses, qr, boards, more, relaxed, built }: Greeting): string =>
  [
    '',
    'Huddle is running.',
    '',
    ...addresses.map(({ from, url }) => `  ${`${from}:`.padEnd(28)} ${url}`),
    '',
    renderUnicodeCompact(qr, { border: 2 }),
    `  ${qr}`,
    '',
    ...boards.flatMap(({ name, url, organiserUrl }) => [`  ${name}`, `    board:     ${url}`, `    organiser: ${organiserUrl}`, '']),
    ...(more === 0 ? [] : [`  and ${more} more: npm run board -- list`, '']),
    '  Another board, in another terminal:',
    `    ${COMMAND}`,
    '',
    ...(relaxed ? ['  HUDDLE_DURABILITY=relaxed: what people do in the last moment before a power cut may be lost.', ''] : []),
    ...(built ? [] : ['  There is no page yet, only the API: npm run build makes it.', '']),
    '  Stop with Ctrl-C.',
    '',
  ].join('\n');
