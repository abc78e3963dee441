/** `POST /api/backup`: the administrator asks the embedded store for a copy of itself while others go on writing (S5). */
import { Router, type Request, type Response } from 'express';
import { onlyMethods, refuse } from './answer.ts';
import { isAdmin, type HttpParts } from './parts.ts';

const copy =
  (parts: HttpParts) =>
  async (request: Request, response: Response): Promise<void> => {
    if (!isAdmin(parts, request, response)) return;
    if (parts.backup === undefined) {
      refuse(response, { code: 'notFound', message: 'The boards are in Redis: copy its append-only file, as docs/operating.md says.' });
      return;
    }
    const file = await parts.backup();
    response.status(201).set('Cache-Control', 'no-store').json({ ok: true, file });
  };

export const backupRoutes = (parts: HttpParts): Router => {
  const router = Router();
  router.route('/').post(copy(parts)).all(onlyMethods('POST'));
  return router;
};
