/**
 * Finds links in what people write (C5). The text comes back as tokens, to be shown as nodes; nothing here ever makes HTML.
 */

export type Token =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'link'; readonly text: string; readonly href: string };

// A link runs up to white space, quotes, angle brackets, or the punctuation of Chinese and Japanese, which is written without spaces.
const CANDIDATE = /\bhttps?:\/\/[^\s<>"'`\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201d\u2026]+/giu;
const TRAILING = /[.,;:!?*_~]$/;
const PAIRS = { ')': '(', ']': '[', '}': '{' } as const;

const isClosing = (character: string): character is keyof typeof PAIRS => character in PAIRS;
const count = (text: string, character: string): number => text.split(character).length - 1;

/** Sentence marks at the end belong to the sentence, and so does a bracket that was opened before the link. */
const trimmed = (candidate: string): string => {
  let link = candidate;
  for (;;) {
    const end = link.slice(-1);
    const unmatched = isClosing(end) && count(link, end) > count(link, PAIRS[end]);
    if (!unmatched && !TRAILING.test(link)) return link;
    link = link.slice(0, -1);
  }
};

/** The address to go to: http and https only, with a host and without credentials; what is shown is what was written. */
const addressOf = (link: string): string | undefined => {
  try {
    const { protocol, hostname, username, password, href } = new URL(link);
    return /^https?:$/.test(protocol) && hostname !== '' && username === '' && password === '' ? href : undefined;
  } catch {
    return undefined;
  }
};

export const linkify = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const link = trimmed(match[0]);
    const href = addressOf(link);
    if (href === undefined) continue;
    if (match.index > from) tokens.push({ kind: 'text', text: text.slice(from, match.index) });
    tokens.push({ kind: 'link', text: link, href });
    from = match.index + link.length;
  }
  if (from < text.length) tokens.push({ kind: 'text', text: text.slice(from) });
  return tokens;
};
