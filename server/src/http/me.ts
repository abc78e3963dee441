/** `/api/me`: what a person does about themselves, for the whole deployment. */
import { idFrom } from '@huddle/shared/ids.ts';
import type { Ack, CommandInput } from '@huddle/shared/protocol.ts';
import { Router, type Request, type Response } from 'express';
import { DEPLOYMENT } from '../live/boards.ts';
import { acknowledge, onlyMethods } from './answer.ts';
import { refuseNobody, type HttpParts } from './parts.ts';

/** The person whose session this is; a token is nobody. */
export const meIn = (parts: HttpParts, request: Request, response: Response): string | undefined => {
  const person = request.headers.authorization === undefined ? parts.sessions.personOf(request.headers.cookie) : undefined;
  if (person === undefined) refuseNobody(parts, request, response);
  return person;
};

/** Submits a command of the node's own to the deployment's board. @throws StoreAway */
export const onDeployment = async ({ boards, random }: HttpParts, wish: CommandInput): Promise<Ack> =>
  (await boards.at(DEPLOYMENT)).submit({ ...wish, id: idFrom(random(12)) }, { kind: 'system' });

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
