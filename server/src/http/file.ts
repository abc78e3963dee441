/** Something ready to send: encoded and compressed once, sent many times. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

export interface ReadyFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  /** Changes with the content. */
  readonly etag: string;
}

export const readyFile = (type: string, text: string): ReadyFile => {
  const plain = Buffer.from(text);
  return { type, plain, gzip: gzipSync(plain), etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22) };
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
  const compressed = request.acceptsEncodings('gzip') === 'gzip';
  if (compressed) response.set('Content-Encoding', 'gzip');
  response.type(file.type).end(request.method === 'HEAD' ? undefined : compressed ? file.gzip : file.plain);
};
