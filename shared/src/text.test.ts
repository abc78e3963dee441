import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { graphemeCount, importedLinkSchema, lineSchema, linkSchema, proseSchema } from './text.ts';

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
    expect(line(`a${'\u0316'.repeat(90)}`).success).toBe(false);
  });

  it('is not empty, unless it may be', () => {
    expect(line(' \u200F ').success).toBe(false);
    expect(v.is(lineSchema(10, 0), '  ')).toBe(true);
  });
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
