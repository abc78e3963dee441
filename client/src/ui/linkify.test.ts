import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string): string[] => linkify(text).flatMap((token) => (token.kind === 'link' ? [token.text] : []));

describe('C5: links in what people write', () => {
  it.each([
    ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
    ['(https://example.org/a)', ['https://example.org/a']],
    ['https://example.org/wiki/Huddle_(crowd).', ['https://example.org/wiki/Huddle_(crowd)']],
    ['http://a.example, and https://b.example!', ['http://a.example', 'https://b.example']],
    ['報名 https://example.org/x。快來', ['https://example.org/x']],
    ['（https://example.org/x）', ['https://example.org/x']],
    ['https://example.org/路徑，然後', ['https://example.org/路徑']],
    ['「https://example.org」', ['https://example.org']],
    ['javascript:alert(1) data:text/html,x //example.org', []],
    ['https://user:secret@example.org', []],
    ['https://', []],
    ['xhttps://example.org', []],
    ['https://example.org/"onmouseover="x', ['https://example.org/']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it('loses and adds nothing, whatever is written', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('https://', 'http://a.b/', '。', ')', '(', ' ', '.', '@'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const tokens = linkify(text);
        expect(tokens.map((token) => token.text).join('')).toBe(text);
        for (const token of tokens) if (token.kind === 'link') expect(token.href).toMatch(/^https?:\/\//);
      }),
    );
  });
});
