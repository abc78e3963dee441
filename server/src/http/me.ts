/** `/api/me`: what a person does about themselves, for the whole deployment. */
import { Router, type Request, type Response } from 'express';
import { acknowledge, onlyMethods } from './answer.ts';
import { mySession, onDeployment, type HttpParts } from './parts.ts';

/** `DELETE`: every session is over before this is answered, and the boards in use have forgotten the person; the rest follows by itself. */
const deleteMe =
  (parts: HttpParts) =>
  async (request: Request, response: Response): Promise<void> => {
    const session = mySession(parts, request, response);
    if (session === undefined) return;
    const { person } = session;
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
