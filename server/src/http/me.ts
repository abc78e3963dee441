/** `/api/me`: what a person does about themselves, for the whole deployment. */
import { Router, type Request, type Response } from 'express';
import { acknowledge, onlyMethods } from './answer.ts';
import { onDeployment, refuseNobody, type HttpParts } from './parts.ts';

/** The person whose session this is; a token is nobody. */
const meIn = (parts: HttpParts, request: Request, response: Response): string | undefined => {
  const person = request.headers.authorization === undefined ? parts.sessions.personOf(request.headers.cookie) : undefined;
  if (person === undefined) refuseNobody(parts, request, response);
  return person;
};

/** `DELETE`: every session is over before this is answered, and the boards in use have forgotten the person; the rest follows by itself. */
const deleteMe =
  (parts: HttpParts) =>
  async (request: Request, response: Response): Promise<void> => {
    const person = meIn(parts, request, response);
    if (person === undefined) return;
    const ack = await onDeployment(parts, { type: 'deletePerson', person });
    if (!ack.ok) {
      acknowledge(response, ack);
      return;
    }
    await parts.boards.forget(person);
    response.set({ 'Set-Cookie': parts.sessions.clear(), 'Cache-Control': 'no-store' }).json({ ok: true });
  };

export const meRoutes = (parts: HttpParts): Router => {
  const router = Router();
  router.route('/').delete(deleteMe(parts)).all(onlyMethods('DELETE'));
  return router;
};
