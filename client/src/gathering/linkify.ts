/** Finds links in what people typed, as tokens: no HTML is ever made of it (C5). */

export type TextToken =
  | { readonly kind: 'text'; readonly text: string }
  /** `insecure`: plain http, shown as such. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string; readonly insecure: boolean };

// A link ends at white space, quotes, angle brackets, and at full-width punctuation: "見 https://a.example。快來" links no 快來.
const LINK = /https?:\/\/[^\s<>"'`，。、；：！？「」『』（）【】《》〈〉]+/gi;
const TRAILING = /[.,;:!?…*_~]+$/;

const count = (text: string, sign: string): number => text.split(sign).length - 1;

/** Takes off what closes the sentence rather than the link; a bracket stays where the link opened it. */
const trimmed = (link: string): string => {
  for (let text = link; ;) {
    let next = text.replace(TRAILING, '');
    if (next.endsWith(')') && count(next, ')') > count(next, '(')) next = next.slice(0, -1);
    if (next.endsWith(']') && count(next, ']') > count(next, '[')) next = next.slice(0, -1);
    if (next === text) return text;
    text = next;
  }
};

const parsed = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const linkOf = (text: string): TextToken | undefined => {
  const url = parsed(text);
  // A name before the host ("https://bank.example@evil.example") is there to mislead.
  if (url === undefined || url.hostname === '' || url.username !== '' || url.password !== '') return undefined;
  return { kind: 'link', text, href: url.href, insecure: url.protocol === 'http:' };
};

/** The text as tokens, in order; joined they give the text again. */
export const linkify = (text: string): TextToken[] => {
  const tokens: TextToken[] = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    const link = linkOf(trimmed(found[0]));
    if (link === undefined) continue;
    if (found.index > end) tokens.push({ kind: 'text', text: text.slice(end, found.index) });
    tokens.push(link);
    end = found.index + link.text.length;
  }
  if (end < text.length) tokens.push({ kind: 'text', text: text.slice(end) });
  return tokens;
};
