/** What a request brings along: a JSON object, as small as a command. */
import { COMMAND_BYTES } from '@huddle/shared/protocol.ts';
import { json, type Request, type Response } from 'express';
import * as v from 'valibot';
import { refuse } from './answer.ts';

/** Goes before every handler that asks for a body. */
export const readBody = json({ limit: COMMAND_BYTES, strict: false });

/** A JSON object and nothing else: the media type matters, because a form of another site cannot send it. */
export const bodyOf = (request: Request, response: Response): object | undefined => {
  if (request.is('application/json') === false) {
    refuse(response, { code: 'invalid', message: 'The body must be application/json.' }, 415);
    return undefined;
  }
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  refuse(response, { code: 'invalid', message: 'The body must be a JSON object.' });
  return undefined;
};

/** The body as that schema has it; undefined where it is another, which has been answered then, by the first field that is wrong. */
export const wishOf = <S extends v.GenericSchema>(schema: S, request: Request, response: Response): v.InferOutput<S> | undefined => {
  const body = bodyOf(request, response);
  if (body === undefined) return undefined;
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  refuse(response, { code: 'invalid', field: v.getDotPath(issue) ?? '', message: issue.message });
  return undefined;
};
