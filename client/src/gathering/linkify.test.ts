import { describe, expect, it } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string): string[] => linkify(text).flatMap((token) => (token.kind === 'link' ? [token.text] : []));

describe('links in what people typed', () => {
  it('C5: are tokens, and the tokens joined are the text again', () => {
    const text = 'Slides: https://a.example/x?y=1#z, see you. 見 https://b.example/甲。快來';
    expect(
      linkify(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text);
    expect(links(text)).toEqual(['https://a.example/x?y=1#z', 'https://b.example/甲']);
  });

  it.each([
    ['(https://a.example/x)', ['https://a.example/x']],
    ['https://a.example/x_(y)', ['https://a.example/x_(y)']],
    ['https://a.example/x!!!', ['https://a.example/x']],
    ['「https://a.example」', ['https://a.example']],
    ['javascript:alert(1) data:text/html,x', []],
    ['https://bank.example@evil.example/', []],
    ['https://', []],
    ['no link', []],
    ['', []],
  ])('%j has %j', (text, found) => {
    expect(links(text)).toEqual(found);
  });

  it('says which are not encrypted', () => {
    expect(linkify('http://a.example')).toMatchObject([{ kind: 'link', insecure: true }]);
    expect(linkify('https://a.example')).toMatchObject([{ kind: 'link', insecure: false }]);
  });
});
