/** The thread in which pictures are drawn, one after the other: a picture takes many turns of an event loop that has phones to serve. */
import { parentPort } from 'node:worker_threads';
import { drawPicture } from './draw.ts';
import type { PictureWords } from './picture-words.ts';

export interface PictureWish {
  readonly number: number;
  readonly words: PictureWords;
}
export type PictureReply = { readonly number: number } & ({ readonly png: Uint8Array } | { readonly trouble: string });

parentPort?.on('message', ({ number, words }: PictureWish) => {
  let reply: PictureReply;
  try {
    reply = { number, png: drawPicture(words) };
  } catch (error) {
    reply = { number, trouble: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
});
