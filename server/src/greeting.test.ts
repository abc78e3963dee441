import { expect, test } from 'vitest';
import { addressesOf, greet } from './greeting.ts';

test('a node that listens everywhere is reached here, in the network, and where its operator says', () => {
  expect(addressesOf('0.0.0.0', 3000, 'https://huddle.example', ['192.168.1.20'])).toEqual([
    { from: 'this machine', url: 'http://localhost:3000' },
    { from: 'phones on the same network', url: 'http://192.168.1.20:3000' },
    { from: 'everywhere', url: 'https://huddle.example' },
  ]);
});

test('a node that listens at one address is reached there', () => {
  expect(addressesOf('127.0.0.1', 3000, undefined, ['192.168.1.20'])).toEqual([{ from: 'this address', url: 'http://127.0.0.1:3000' }]);
  expect(addressesOf('::1', 3000, undefined)).toEqual([{ from: 'this address', url: 'http://[::1]:3000' }]);
});

test('the terminal shows addresses, a QR code, each board with its organiser’s link, and how to make another', () => {
  const url = 'http://192.168.1.20:3000/b/harbour';
  const text = greet({
    addresses: [{ from: 'this machine', url: 'http://localhost:3000' }],
    qr: url,
    boards: [{ name: 'Harbour', url, organiserUrl: `${url}/organise#key` }],
    more: 0,
    relaxed: false,
    built: true,
  });
  for (const part of ['http://localhost:3000', '█', 'Harbour', `${url}/organise#key`, 'npm run board -- create'])
    expect(text).toContain(part);
  expect(text).not.toContain('relaxed');
});

test('S4: whoever accepted that commits may be lost reads it at every start', () => {
  const greeting = greet({ addresses: [], qr: 'http://localhost', boards: [], more: 0, relaxed: true, built: true });
  expect(greeting).toContain('HUDDLE_DURABILITY=relaxed');
});

test('of thousands of boards the terminal names a few, and says where the others are', () => {
  const boards = [{ name: 'Harbour', url: 'http://localhost/b/harbour', organiserUrl: 'http://localhost/b/harbour/organise#key' }];
  expect(greet({ addresses: [], qr: 'http://localhost', boards, more: 9_999, relaxed: false, built: true })).toContain(
    'and 9999 more: npm run board -- list',
  );
});
