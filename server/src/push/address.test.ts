/** Push goes to the public internet and nowhere else. */
import { describe, expect, it } from 'vitest';
import { isPublicAddress, lookupPublic, mayBePushService, NoPushService } from './address.ts';

describe('where push may go', () => {
  it.each(['127.0.0.1', '10.1.2.3', '192.168.0.1', '169.254.169.254', '172.20.0.1', '100.64.1.1', '0.0.0.0', '::1', 'fe80::1', 'fd00::1'])(
    'not to %s',
    (address) => expect(isPublicAddress(address)).toBe(false),
  );
  it.each(['::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'localhost', ''])('not to %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it.each(['8.8.8.8', '2606:4700::1111'])('to %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it('not by http, with a password, or to an address of one’s own network', () => {
    expect(mayBePushService('https://push.example.org/1')).toBe(true);
    for (const wrong of [
      'http://push.example.org/1',
      'https://a:b@push.example.org/1',
      'https://127.0.0.1/1',
      'https://[::1]/1',
      'https://0x7f.1/',
    ]) {
      expect(mayBePushService(wrong), wrong).toBe(false);
    }
  });

  it('nor by a name that leads there', async () => {
    const error = await new Promise((resolve) => lookupPublic('localhost', { all: true }, resolve));
    expect(error).toBeInstanceOf(NoPushService);
  });
});
