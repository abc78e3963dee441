/** A push service of one's own for tests: https on loopback, and a browser's keys with which to read what it was sent (RFC 8291). */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

// For loopback in tests alone: whoever reads this has it too.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAngNBjEcrrmQ+LRn
fhPjSBpngh/D3DnQx4WY0RJxDe6hRANCAASUSeXEr2ctWPlzKdWg1vN1AGcpu7Vz
fCtw74VMa/POhm0zva8ej5dMoALnitlZGKkF4nH+MLg/3OwWo+Va+iDG
-----END PRIVATE KEY-----`;
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUTMPrC0IsiYjWtkQOpSjn/gEtmWcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyODE5MzgxOFoYDzIxMjYxMTA0
MTkzODE4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASUSeXEr2ctWPlzKdWg1vN1AGcpu7VzfCtw74VMa/POhm0zva8ej5dM
oALnitlZGKkF4nH+MLg/3OwWo+Va+iDGo28wbTAdBgNVHQ4EFgQUCqUaE+ArJ0mT
1ID/p8bBkO9qAUwwHwYDVR0jBBgwFoAUCqUaE+ArJ0mT1ID/p8bBkO9qAUwwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgdZXC9EFhysx33qb9+YOgl8X/mhNkMcCKJTLRowqRq38CIQD6
437mh860kmBMeQknmoJG7fkXDitHhJbjPP2HCZrzkA==
-----END CERTIFICATE-----`;

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A browser's half of a subscription. */
export class Browser {
  readonly #keys: ECDH = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  readonly #public = this.#keys.generateKeys();

  get keys(): { readonly p256dh: string; readonly auth: string } {
    return { p256dh: this.#public.toString('base64url'), auth: this.#auth.toString('base64url') };
  }

  /** What was sent to this browser (RFC 8291 §3.4, RFC 8188 §2). @throws Error when it was not meant for it */
  read({ body }: Received): unknown {
    const salt = body.subarray(0, 16);
    const senderLength = body.readUInt8(20);
    const sender = body.subarray(21, 21 + senderLength);
    const sealed = body.subarray(21 + senderLength);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#public, sender]);
    const secret = Buffer.from(hkdfSync('sha256', this.#keys.computeSecret(sender), this.#auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    // One record, the last: text, then the delimiter 2.
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8'));
  }
}

/** The claims of a VAPID header, if it is signed with that key (RFC 8292). @param publicKey base64url, uncompressed */
export const vapidOf = (authorization: string, publicKey: string): Record<string, unknown> | undefined => {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return signed && key === publicKey ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>) : undefined;
};

export class PushService {
  readonly received: Received[] = [];
  /** What it answers, by path; 201 else. */
  readonly answers = new Map<string, number>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const path = request.url ?? '';
        this.received.push({ path, headers: request.headers as Record<string, string>, body: Buffer.concat(parts) });
        response.writeHead(this.answers.get(path) ?? 201).end();
      });
    });
  }

  static async open(): Promise<PushService> {
    const service = new PushService();
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  url(path: string): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  to(path: string): Received[] {
    return this.received.filter((received) => received.path === path);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
