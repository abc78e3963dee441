/**
 * Where push may go. The address of a subscription comes from whoever subscribes, so a node must not be led by it into its own network:
 * only https, and only addresses of the public internet – of a name, those that it resolves to when the connection is made.
 */
import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
  ] as const),
  ...([
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
  ] as const),
  ...([
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
]) {
  PRIVATE.addSubnet(net, bits, 'ipv4');
}
// Global unicast is 2000::/3; of it, what tunnels IPv4 or documents is none.
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6');
}

/** Whether that IP address is one of the public internet. */
export const isPublicAddress = (address: string): boolean =>
  isIPv6(address)
    ? GLOBAL.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6')
    : isIP(address) === 4 && !PRIVATE.check(address, 'ipv4');

/** The address leads to no place that a push service could be at. */
export class NoPushService extends Error {
  override readonly name = 'NoPushService';
}

/** Whether that URL can be one of a push service, as far as it says by itself. A host that is an IP address is not looked up, so it is judged here. */
export const mayBePushService = (endpoint: string): boolean => {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, username, password } = new URL(endpoint);
  const host = hostname.replace(/^\[|\]$/g, '');
  return protocol === 'https:' && username === '' && password === '' && (isIP(host) === 0 || isPublicAddress(host));
};

type Answer = (error: Error | null, address?: string | LookupAddress[], family?: number) => void;

/** As `dns.lookup`, but private addresses are not found. */
export const lookupPublic = (hostname: string, options: LookupOptions, answer: Answer): void => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    const open = error === null ? found.filter(({ address }) => isPublicAddress(address)) : [];
    const [first] = open;
    if (error !== null) answer(error);
    else if (first === undefined) answer(new NoPushService(`${hostname} is not in the public internet`));
    else if (options.all === true) answer(null, open);
    else answer(null, first.address, first.family);
  });
};
