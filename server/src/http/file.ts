/** Something ready to send: encoded and compressed once, sent many times. */
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

export interface ReadyFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  /** Where it was made at build time; it takes too long to make on the way. */
  readonly brotli?: Buffer;
  /** Changes with the content. */
  readonly etag: string;
}

/** @param type a media type, or a file's ending such as `.js` */
export const readyFile = (type: string, content: string | Buffer, gzip?: Buffer): ReadyFile => {
  const plain = Buffer.from(content);
  return { type, plain, gzip: gzip ?? gzipSync(plain), etag: hash('sha256', plain, 'base64url').slice(0, 22) };
};

/**
 * Whether one of the tags in `If-None-Match` is this one (RFC 9110 §13.1.2). Express' own check gives up at `Cache-Control: no-cache`, which
 * browsers add by themselves to every `fetch` that brings a tag.
 */
const knows = (request: Request, tag: string): boolean =>
  (request.headers['if-none-match'] ?? '').split(',').some((known) => known.trim().replace(/^(?!W\/)/, 'W/') === tag);

/** Sends it, compressed where the reader can, or 304 to one who has it. */
export const sendFile = (request: Request, response: Response, file: ReadyFile, cacheControl: string, status = 200): void => {
  // Weak, because the compressed bytes are the same thing in another form.
  const tag = `W/"${file.etag.replaceAll('"', '')}"`;
  response.set({ ETag: tag, 'Cache-Control': cacheControl }).vary('Accept-Encoding');
  response.status(status);
  if (status === 200 && knows(request, tag)) {
    response.status(304).end();
    return;
  }
  const body = { br: file.brotli, gzip: file.gzip, identity: file.plain };
  const accepted = request.acceptsEncodings(file.brotli === undefined ? ['gzip'] : ['br', 'gzip']);
  const encoding = accepted === 'br' || accepted === 'gzip' ? accepted : 'identity';
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response.type(file.type).end(request.method === 'HEAD' ? undefined : body[encoding]);
};
