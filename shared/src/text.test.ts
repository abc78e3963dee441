import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, graphemeCount, importedLinkSchema, lineSchema, linkSchema, proseSchema } from './text.ts';

const line = (text: string, max = 10) => v.safeParse(lineSchema(max), text);
const output = (text: string, max = 10): unknown => line(text, max).output;

describe('a line', () => {
  it('is NFC, on one line, without control and bidi-override characters', () => {
    expect(output('  cafe\u0301\n\tbar ')).toBe('café bar');
    expect(output('a\u202Eb\u2066c\u0000d\u200F')).toBe('abcd');
    expect(output('lone \uD800!')).toBe('lone !');
  });

  it('counts what a person counts', () => {
    expect(graphemeCount('👩‍👩‍👧‍👦')).toBe(1);
    expect(line('👩‍👩‍👧‍👦'.repeat(10)).success).toBe(true);
    expect(line('香港區塊鏈週二零二六').success).toBe(true);
    expect(line('香港區塊鏈週二零二六啊').success).toBe(false);
  });

  it('lets no pile of combining marks pass as one letter', () => {
    expect(output(`a${'\u0316'.repeat(9)}b`)).toBe(`a${'\u0316'.repeat(5)}b`);
    expect(line(`${'a\u0316\u0316'.repeat(9)}bc`).success).toBe(false);
  });

  it('is not empty, unless it may be: blanks, joiners and fillers are nothing to be seen', () => {
    for (const nothing of [' \u200F ', '\u200b', '\u200d\u200d', '\u3164', '\u2800', '\u00ad', '\u3000']) {
      expect(line(nothing).success, JSON.stringify(nothing)).toBe(false);
    }
    for (const seen of ['。', '1', '🎉', '–', 'ा']) expect(line(seen).success, seen).toBe(true);
    expect(v.is(lineSchema(10, 0), '  ')).toBe(true);
  });
});

it('what is clean stays as it is, whatever stood between its letters and marks', () => {
  const sign = fc.constantFrom(
    'e',
    'ᄀ',
    'ᅡ',
    '\u0301',
    '\u0323',
    '\u200e',
    '\u202e',
    '\ud800',
    '\u0000',
    '\ufeff',
    ' ',
    '\r',
    '\n',
    '\u2028',
  );
  const text = fc.oneof(
    fc.array(sign, { maxLength: 9 }).map((signs) => signs.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(cleanLine, cleanText), (dirty, clean) => {
      const once = clean(dirty);
      expect(once.normalize('NFC')).toBe(once);
      expect(clean(once)).toBe(once);
    }),
    { numRuns: 3000, seed: 1 },
  );
});

it('prose keeps its line breaks, as one kind', () => {
  expect(v.parse(proseSchema(100), 'one\r\ntwo\rthree\n')).toBe('one\ntwo\nthree');
});

describe('a link', () => {
  it.each(['https://example.org', 'https://example.org/a?b=c#d', 'https://sub.example.org:8443/', ''])('takes %j', (text) => {
    expect(v.is(linkSchema, text)).toBe(true);
  });

  it.each([
    'http://example.org',
    'javascript:alert(1)',
    'https://user:word@example.org',
    'https:///example.org',
    'https://',
    'data:text/html,x',
    '//example.org',
    'https://exa mple.org',
  ])('refuses %j', (text) => {
    expect(v.is(linkSchema, text)).toBe(false);
  });

  it('of an imported list may be http', () => {
    expect(v.is(importedLinkSchema, 'http://example.org/x')).toBe(true);
    expect(v.is(importedLinkSchema, 'javascript:alert(1)')).toBe(false);
  });
});
