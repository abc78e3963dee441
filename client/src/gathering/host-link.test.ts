import { describe, expect, it } from 'vitest';
import { hostLink, hostTokenIn, newHostToken } from './host-link.ts';

describe('the link to host', () => {
  it('carries a fresh secret that comes out as it went in', () => {
    const token = newHostToken();
    expect(token).not.toBe(newHostToken());
    const { searchParams } = new URL(hostLink('http://192.168.0.2:3000', 'demo', 'dinner-42', token));
    expect(hostTokenIn(new Map(searchParams))).toBe(token);
  });

  it('takes nothing else for a token', () => {
    expect(hostTokenIn(new Map())).toBeUndefined();
    expect(hostTokenIn(new Map([['host', '<script>']]))).toBeUndefined();
  });
});
