/** The pictures that chats show beside a link to a board or a gathering. */
import { isLanguage, type Language } from '@huddle/shared/language.ts';
import { Router, type Request, type Response } from 'express';
import { PictureBusy } from '../picture/painter.ts';
import { boardPicture, gatheringPicture, type PictureWords } from '../picture/picture-words.ts';
import { refuse } from './answer.ts';
import { boardOf, NO_BOARD, type HttpParts } from './parts.ts';

/** An address with a version never shows anything else; a chat may still ask again for what has changed since. */
const KEEP = 'public, max-age=300';

const languageOf = (request: Request): Language => {
  const wanted = request.query['l'];
  return typeof wanted === 'string' && isLanguage(wanted) ? wanted : 'en';
};

export const pictureRoutes = (parts: HttpParts): Router => {
  const router = Router();
  const send = async (response: Response, words: PictureWords): Promise<void> => {
    try {
      const png = await parts.painter.paint(words);
      response.set({ 'Cache-Control': KEEP, 'Cross-Origin-Resource-Policy': 'cross-origin' }).type('png').send(png);
    } catch (error) {
      if (!(error instanceof PictureBusy)) throw error;
      parts.log.warn({ trouble: error.message }, 'a picture was not drawn');
      refuse(response, {
        code: 'retry',
        message: 'The picture cannot be drawn right now. Ask again in a few seconds.',
        retryAfterMs: 5000,
      });
    }
  };

  router.get('/b/:board.png', async (request, response) => {
    const board = await boardOf(parts, request.params.board);
    if (board === undefined) refuse(response, NO_BOARD);
    else await send(response, boardPicture(board.snapshot().snapshot, languageOf(request)));
  });

  router.get('/b/:board/g/:gathering.png', async (request, response) => {
    const snapshot = (await boardOf(parts, request.params.board))?.snapshot().snapshot;
    // What an organiser has hidden is not among them.
    const gathering = snapshot?.gatherings.find(({ id }) => id === request.params.gathering);
    if (snapshot === undefined) refuse(response, NO_BOARD);
    else if (gathering === undefined) refuse(response, { code: 'notFound', field: 'gathering', message: 'There is no such gathering.' });
    else await send(response, gatheringPicture(snapshot, gathering, languageOf(request), parts.now()));
  });
  return router;
};
