/** Where a stranger's wish becomes a command: parsed once, at the door. Inside, the types are trusted. */
import { hash as digest } from 'node:crypto';
import { dueIdSchema } from '@huddle/shared/ids.ts';
import { COMMANDS, type Command, type CommandType, type Refusal, commandIdSchema } from '@huddle/shared/protocol.ts';
import * as v from 'valibot';
import { type Actor, invalid } from '../board/rule.ts';

/** A parsed command with who sent it. */
export interface Sent {
  readonly id: string;
  readonly command: Command;
  readonly actor: Actor;
  /** Who and which command: the receipt's key (B7). */
  readonly key: string;
  /** SHA-256 of the parsed command, so that writing the same thing differently is the same thing. */
  readonly hash: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isType = (value: unknown): value is CommandType => typeof value === 'string' && Object.hasOwn(COMMANDS, value);

const nameOf = (actor: Actor): string => (actor.kind === 'person' ? actor.id : `@${actor.kind}`);

/** The command, or `invalid` with the field and the way out. Unknown keys are refused. */
export const parseCommand = (wish: unknown, actor: Actor): Sent | { readonly refusal: Refusal } => {
  if (!isObject(wish)) return invalid('', 'a command is an object with id and type');
  const { id, ...body } = wish;
  if (!v.is(commandIdSchema, id) && !(actor.kind === 'system' && v.is(dueIdSchema, id)))
    return invalid('id', 'must be 8 to 32 letters, digits, - or _');
  if (!isType(body.type)) return invalid('type', 'is not a command that this release knows');
  const parsed = v.safeParse(COMMANDS[body.type], body);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return invalid(v.getDotPath(issue) ?? '', issue.message);
  }
  const hash = digest('sha256', JSON.stringify(parsed.output), 'base64url');
  return { id, command: parsed.output, actor, key: `${nameOf(actor)}:${id}`, hash };
};
