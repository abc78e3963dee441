import { describe, expect, it } from 'vitest';
import { hostLink, hostTokenIn, newHostToken } from './host-link.ts';

describe('the link to host', () => {
  it('carries a fresh secret that comes out as it went in', () => {
    const token = newHostToken();
    expect(token).not.toBe(newHostToken());
    expect(hostTokenIn(new URL(hostLink('http://192.168.0.2:3000', 'demo', 'dinner-42', token)).search)).toBe(token);
  });

  it('takes nothing else for a token', () => {
    expect(hostTokenIn('')).toBeUndefined();
    expect(hostTokenIn('?host=<script>')).toBeUndefined();
  });
});
