import { describe, expect, test } from 'vitest';
import { createOriginPolicy } from './origin.ts';

const isBearer = (authorization: string | undefined): boolean => authorization === 'Bearer right';
const policy = createOriginPolicy({ origins: ['https://partner.example'], trustProxy: false, isBearer });
const behindProxy = createOriginPolicy({ origins: [], trustProxy: true, isBearer });
const host = 'huddle.example';

describe('X1: a page may write', () => {
  test.each([
    ['on the host itself', { host, origin: 'https://huddle.example' }],
    ['on the host itself over plain http', { host, origin: 'http://huddle.example' }],
    ['on an address in the local network', { host: '192.168.1.20:3000', origin: 'http://192.168.1.20:3000' }],
    ['on an IPv6 address', { host: '[::1]:3000', origin: 'http://[::1]:3000' }],
    ['on an origin that the operator named', { host, origin: 'https://partner.example' }],
  ])('%s', (_, headers) => {
    expect(policy.allows(headers)).toBe(true);
  });

  test('on the host that our own proxy names', () => {
    expect(behindProxy.allows({ host: 'node1:3000', 'x-forwarded-host': host, origin: 'https://huddle.example' })).toBe(true);
    expect(behindProxy.allows({ host, origin: 'https://huddle.example' })).toBe(true);
  });
});

describe('X1: no other page may write', () => {
  test.each([
    'null',
    '',
    '*',
    'https://evil.example',
    'https://huddle.example.evil.example',
    'https://evilhuddle.example',
    'https://sub.huddle.example',
    'https://huddle.example:8443',
    'https://huddle.example:80',
    'https://huddle.example.',
    'https://huddle.example/',
    'https://huddle.example/path',
    'https://HUDDLE.example',
    'HTTPS://huddle.example',
    'https://huddle.example@evil.example',
    'https://user:word@huddle.example',
    'https://huddle.example, https://evil.example',
    'https://evil.example https://huddle.example',
    'https://huddle.example\\.evil.example',
    'https://huddle%2eexample',
    'https://hudd\u0131e.example',
    'http://partner.example',
    'https://partner.example:444',
    'file://huddle.example',
    'chrome-extension://huddle.example',
    'ws://huddle.example',
    'huddle.example',
    '//huddle.example',
    'javascript:huddle.example',
  ])('"%s"', (origin) => {
    expect(policy.allows({ host, origin })).toBe(false);
  });

  test('whose host is only in a header that strangers can set', () => {
    expect(policy.allows({ host, 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' })).toBe(false);
    expect(behindProxy.allows({ host, 'x-forwarded-host': 'evil.example, huddle.example', origin: 'https://evil.example' })).toBe(false);
  });

  test('on plain http of a host that is reached over https', () => {
    const headers = { host, 'x-forwarded-proto': 'https', origin: 'http://huddle.example' };
    expect(behindProxy.allows(headers)).toBe(false);
    expect(policy.allows({ host, origin: 'http://huddle.example' }, true)).toBe(false);
  });

  test('where there is no Host at all', () => {
    expect(policy.allows({ origin: 'https://huddle.example' })).toBe(false);
  });

  test('a token does not help a page of elsewhere', () => {
    expect(policy.allows({ host, origin: 'https://evil.example', authorization: 'Bearer right' })).toBe(false);
  });
});

describe('X1: without an Origin', () => {
  test('only the right token may write', () => {
    expect(policy.allows({ host, authorization: 'Bearer right' })).toBe(true);
    expect(policy.allows({ host, authorization: 'Bearer wrong' })).toBe(false);
    expect(policy.allows({ host })).toBe(false);
  });
});

describe('https', () => {
  test('is what the connection or our own proxy says, never a stranger', () => {
    expect(policy.isSecure({}, true)).toBe(true);
    expect(policy.isSecure({ 'x-forwarded-proto': 'https' })).toBe(false);
    expect(behindProxy.isSecure({ 'x-forwarded-proto': 'https' })).toBe(true);
    expect(behindProxy.isSecure({ 'x-forwarded-proto': 'http' })).toBe(false);
  });
});
