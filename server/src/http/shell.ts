/** The client's built index.html, to be sent with a head of its own for each page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directionOf, type Language } from '@huddle/shared/language.ts';
import { HEIGHT, WIDTH } from '../picture/size.ts';
import type { PageHead, PageLinks } from './page-head.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** JSON that can stand in a script element: nothing in it ends the element or, in old browsers, a line. */
const inlineJson = (json: string): string =>
  json.replace(/[<\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** @param alt escaped */
const linkTags = ({ url, picture }: PageLinks, alt: string): readonly string[] => [
  `<meta property="og:url" content="${escapeHtml(url)}" />`,
  `<link rel="canonical" href="${escapeHtml(url)}" />`,
  ...(picture === undefined
    ? []
    : [
        `<meta property="og:image" content="${escapeHtml(picture)}" />`,
        `<meta property="og:image:type" content="image/png" />`,
        `<meta property="og:image:width" content="${WIDTH}" />`,
        `<meta property="og:image:height" content="${HEIGHT}" />`,
        `<meta property="og:image:alt" content="${alt}" />`,
        `<meta name="twitter:card" content="summary_large_image" />`,
      ]),
];

interface Shell {
  /** In which language the client will most likely speak: its direction is known before the first paint. */
  readonly language: Language;
  readonly links?: PageLinks | undefined;
  readonly preloads?: readonly string[];
  readonly snapshotJson?: string | undefined;
}

/** The built index.html, cut where the head of each page goes in. */
export const readShell = (folder: string): ((head: PageHead, shell: Shell) => string) => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const bare = html.replace(/\s*<title>.*?<\/title>/s, '').replace(/\s*<meta\s+name="description"[^>]*>/s, '');
  const cut = bare.indexOf('</head>');
  if (cut < 0) throw new Error(`${folder}/index.html has no head; build the client again with: npm run build`);
  const before = bare.slice(0, cut);
  const after = bare.slice(cut);
  return ({ title, description }, { language, links, preloads = [], snapshotJson }) => {
    const [t, d] = [escapeHtml(title), escapeHtml(description)];
    const tags = [
      `<title>${t}</title>`,
      `<meta name="description" content="${d}" />`,
      `<meta property="og:type" content="website" />`,
      `<meta property="og:site_name" content="Huddle" />`,
      `<meta property="og:title" content="${t}" />`,
      `<meta property="og:description" content="${d}" />`,
      ...(links === undefined ? [] : linkTags(links, t)),
      ...preloads,
      ...(snapshotJson === undefined ? [] : [`<script type="application/json" id="snapshot">${inlineJson(snapshotJson)}</script>`]),
    ];
    const start = before.replace('<html lang="en">', `<html lang="${language}" dir="${directionOf(language)}">`);
    return `${start}${tags.join('\n    ')}\n  ${after}`;
  };
};
