import { describe, expect, it } from 'vitest';
import { kindOfPhone, passkeysNeed } from './passkey.ts';

describe('passkeys on this page', () => {
  const where = { secure: true, host: 'huddle.example.org', known: true };
  it.each([
    ['https, by a name', where, undefined],
    ['this very machine', { ...where, host: 'localhost' }, undefined],
    ['plain http (C6)', { ...where, secure: false }, 'insecure'],
    ['a number', { ...where, host: '192.168.1.2' }, 'insecure'],
    ['a number of version 6', { ...where, host: '[::1]' }, 'insecure'],
    ['a browser that knows none', { ...where, known: false }, 'missing'],
  ] as const)('%s', (_, given, need) => {
    expect(passkeysNeed(given)).toBe(need);
  });

  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 'iPhone'],
    ['Mozilla/5.0 (Linux; Android 15)', 'Android'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'Linux'],
    ['anything else', ''],
  ])('of %s are listed as %s', (agent, kind) => {
    expect(kindOfPhone(agent)).toBe(kind);
  });
});
