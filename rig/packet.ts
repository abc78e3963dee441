/**
 * Engine.IO v4 and Socket.IO v5 packets as text, as far as a websocket-only phone needs them.
 * https://socket.io/docs/v4/engine-io-protocol/ · https://socket.io/docs/v4/socket-io-protocol/
 */

/** What a server may send, read. */
export type Packet =
  | { readonly kind: 'open' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'refused'; readonly message: string; readonly data?: unknown }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'ack'; readonly number: number; readonly payload: unknown }
  | { readonly kind: 'other' };

/** `40{…}`: join the main namespace and say who is there. */
export const connectPacket = (auth: object): string => `40${JSON.stringify(auth)}`;

/** `42<n>["name",{…}]`: an event; with a number the server answers it. */
export const eventPacket = (name: string, payload: unknown, number?: number): string =>
  `42${number ?? ''}${JSON.stringify([name, payload])}`;

export const PONG = '3';

/** Reads one packet. @throws SyntaxError on broken JSON, which a server never sends */
export const readPacket = (text: string): Packet => {
  if (text.startsWith('42')) {
    const [name, payload] = JSON.parse(text.slice(2)) as [string, unknown];
    return { kind: 'event', name, payload };
  }
  if (text.startsWith('43')) {
    const start = text.indexOf('[');
    const [payload] = JSON.parse(text.slice(start)) as [unknown];
    return { kind: 'ack', number: Number(text.slice(2, start)), payload };
  }
  if (text.startsWith('40')) return { kind: 'connected' };
  if (text.startsWith('44')) return { kind: 'refused', ...(JSON.parse(text.slice(2)) as { message: string; data?: unknown }) };
  if (text.startsWith('41')) return { kind: 'disconnected' };
  if (text.startsWith('0')) return { kind: 'open' };
  if (text === '2') return { kind: 'ping' };
  return { kind: 'other' };
};
