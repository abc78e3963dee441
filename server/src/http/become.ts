/** A phone becomes a person whom it can show to be its own: by a link from another phone, or by a passkey. */
import type { MeView } from '@huddle/shared/person.ts';
import type { Ack } from '@huddle/shared/protocol.ts';
import { MINUTE } from '@huddle/shared/time.ts';
import type { Request, Response } from 'express';
import * as v from 'valibot';
import { acknowledge, refuse } from './answer.ts';
import { boardOf, isSecure, onDeployment, type HttpParts } from './parts.ts';

/** How long an answer that was lost on the way may be asked for again, in ms. */
const AGAIN_MS = 10 * MINUTE;

const becameResult = v.object({ person: v.string(), issued: v.number() });

/** The name of that person on a board; '' where they have none there. */
export const nameOn = async (parts: HttpParts, slug: string, id: string): Promise<string> => {
  const opened = (await boardOf(parts, slug))?.open(`person/${id}`, { kind: 'person', id });
  const views = opened?.ok === true ? opened.views : [];
  return views.find((view): view is MeView => view.id === `me/${id}`)?.name ?? '';
};

/** Whoever this phone was is nobody on it any more: their session here is over, also where another page of it still has a socket. */
const leave = async (parts: HttpParts, request: Request, person: string): Promise<void> => {
  const said = parts.sessions.shown(request.headers.cookie);
  if (said === undefined || 'over' in said || said.session.person === person) return;
  const { person: before, id, issued } = said.session;
  // Where the store goes away meanwhile, a session is left that nobody has the cookie of.
  await onDeployment(parts, { type: 'endSessions', person: before, session: { session: id, issued } });
};

/** Answers with a cookie of the person that a rule said it becomes, or with why it does not. */
export const become = async (parts: HttpParts, request: Request, response: Response, ack: Ack): Promise<void> => {
  if (!ack.ok) {
    acknowledge(response, ack);
    return;
  }
  const became = v.parse(becameResult, ack.result);
  // The same command once more (B7): for an answer that was lost, not for whoever finds the request later.
  if (parts.now() - became.issued > AGAIN_MS) {
    refuse(response, { code: 'linkExpired' });
    return;
  }
  await leave(parts, request, became.person);
  response.set('Set-Cookie', parts.sessions.issue(isSecure(parts, request), became).setCookie);
  acknowledge(response, { ok: true, rev: ack.rev });
};
