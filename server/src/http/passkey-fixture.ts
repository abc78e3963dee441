/** A phone's keeper of passkeys, in so far as a server sees it: P-256, no attestation, one credential. Nothing here is used by the product. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const text = (word: string): Buffer => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
const bytes = (data: Buffer): Buffer => Buffer.concat([Buffer.from([0x58, data.length]), data]);
const coordinate = (value: string | undefined): Buffer => bytes(Buffer.from(value ?? '', 'base64url'));
const PRESENT = 1;
const WITH_CREDENTIAL = 0x40;

export class Keeper {
  readonly #id = randomBytes(16);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  /** How often it has signed. */
  counter = 0;

  get id(): string {
    return this.#id.toString('base64url');
  }

  #authData(host: string, credential = Buffer.alloc(0)): Buffer {
    this.counter += 1;
    const head = Buffer.alloc(5);
    head.writeUInt8(PRESENT | (credential.length > 0 ? WITH_CREDENTIAL : 0));
    head.writeUInt32BE(this.counter, 1);
    return Buffer.concat([sha256(host), head, credential]);
  }

  #clientData(type: string, challenge: string, origin: string): Buffer {
    return Buffer.from(JSON.stringify({ type: `webauthn.${type}`, challenge, origin, crossOrigin: false }));
  }

  #response(response: Record<string, Buffer>): object {
    const encoded = Object.entries(response).map(([name, data]) => [name, data.toString('base64url')] as const);
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response: Object.fromEntries(encoded) };
  }

  /** What `navigator.credentials.create` gives a page of that origin. */
  create(challenge: string, origin: string): object {
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    // COSE: EC2, ES256, P-256.
    const cose = Buffer.concat([
      Buffer.from('a5010203262001', 'hex'),
      Buffer.from([0x21]),
      coordinate(x),
      Buffer.from([0x22]),
      coordinate(y),
    ]);
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, cose]);
    const data = this.#authData(new URL(origin).hostname, credential);
    const none = [text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData'), bytes(data)];
    return this.#response({
      clientDataJSON: this.#clientData('create', challenge, origin),
      attestationObject: Buffer.concat([Buffer.from([0xa3]), ...none]),
    });
  }

  /** What `navigator.credentials.get` gives a page of that origin. */
  get(challenge: string, origin: string, person: string): object {
    const clientDataJSON = this.#clientData('get', challenge, origin);
    const authenticatorData = this.#authData(new URL(origin).hostname);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientDataJSON)]), this.#keys.privateKey);
    return this.#response({ clientDataJSON, authenticatorData, signature, userHandle: Buffer.from(person) });
  }
}
