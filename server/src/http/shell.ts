/** The client's built index.html, to be sent with a head of its own for each page, and with what is seen of it first. */
import { directionOf } from '@huddle/shared/language.ts';
import { HEIGHT, WIDTH } from '../picture/size.ts';
import type { BuiltClient, PageScreen, Style } from './built-client.ts';
import type { PageHead, PageLinks } from './page-head.ts';
import type { Reader } from './reader.ts';

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

/** The stylesheet itself, and – as what says that it is there – the link that scripts look for before they fetch it. */
const styleTags = ({ path, text }: Style): readonly string[] => [
  `<style>${text}</style>`,
  `<link rel="stylesheet" disabled href="${path}" />`,
];

/** What starts the client, wherever Vite has put it. */
const SCRIPTS = /<script type="module"[^>]*><\/script>|<link rel="modulepreload"[^>]*>/g;
const NEXT = '\n    ';

interface Shell {
  readonly reader: Reader;
  readonly screen: PageScreen;
  readonly links?: PageLinks | undefined;
  /** Markup of what is seen first. */
  readonly look?: string;
  /** How far the board's clocks are ahead of UTC, in minutes: phones whose own differ make room for saying so. */
  readonly clock?: number | undefined;
  readonly snapshotJson?: string | undefined;
}

/** The built index.html, cut where the head of each page, its first look, and its snapshot go in. */
export const createShell = (client: BuiltClient): ((head: PageHead, shell: Shell) => string) => {
  const bare = client.page
    .replace(/\s*<title>.*?<\/title>/s, '')
    .replace(/\s*<meta\s+name="description"[^>]*>/s, '')
    .replace(/\s*<link rel="stylesheet"[^>]*>/g, '');
  const scripts = bare.match(SCRIPTS) ?? [];
  const [start, rest] = cutAt(bare.replace(SCRIPTS, ''), '</head>');
  const [body, end] = cutAt(rest, '</body>');
  return ({ title, description }, { reader: { language, theme }, screen, links, look = '', clock, snapshotJson }) => {
    const [t, d] = [escapeHtml(title), escapeHtml(description)];
    const head = [
      `<title>${t}</title>`,
      `<meta name="description" content="${d}" />`,
      `<meta property="og:type" content="website" />`,
      `<meta property="og:site_name" content="Huddle" />`,
      `<meta property="og:title" content="${t}" />`,
      `<meta property="og:description" content="${d}" />`,
      ...(links === undefined ? [] : linkTags(links, t)),
      ...client.styles(screen).flatMap(styleTags),
    ].join(NEXT);
    const starting = [
      ...scripts,
      ...client.scripts(screen, language).map((path) => `<link rel="modulepreload" crossorigin href="${path}" />`),
    ];
    const chosen = theme === 'auto' ? '' : ` data-theme="${theme}"`;
    const told = clock === undefined ? '' : ` data-clock="${clock}"`;
    const html = `<html lang="${language}" dir="${directionOf(language)}"${chosen}${told}>`;
    // After what is seen, which need not wait for it.
    const snapshot =
      snapshotJson === undefined ? '' : `<script type="application/json" id="snapshot">${inlineJson(snapshotJson)}</script>\n  `;
    // Where nothing is drawn, nothing is seen before they are there. What is drawn is seen first: `index.html` starts them after that.
    // And all at once: half of it would be laid out, painted, and moved.
    const [atOnce, later] =
      look === ''
        ? [starting, '']
        : [['<link rel="expect" href="#later" blocking="render" />'], `<template id="later">${starting.join('')}</template>`];
    return (
      start.replace('<html lang="en">', () => html) +
      [head, ...atOnce].join(NEXT) +
      '\n  ' +
      body.replace('<div id="app"></div>', () => `<div id="app">${look}</div>${later}`) +
      snapshot +
      end
    );
  };
};

/** @returns what is before it, and the rest, which begins with it */
const cutAt = (text: string, mark: string): readonly [string, string] => {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at)];
};
