/** What other programs can ask, as OpenAPI 3.1: the commands' schemas are the very ones that the door checks. */
import { COMMANDS, REFUSALS } from '@huddle/shared/protocol.ts';
import { idSchema } from '@huddle/shared/ids.ts';
import { toJsonSchema } from '@valibot/to-json-schema';
import { LIST_FORMATS } from '../list/format.ts';
import { STATUS } from './answer.ts';

/** Checks and transformations that JSON Schema cannot say are left out: the server still applies them. */
const options = { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' } as const;

const withId = (type: keyof typeof COMMANDS): object => {
  const { $schema: _, properties, required = [], ...rest } = toJsonSchema(COMMANDS[type], options);
  const { $schema: _draft, ...id } = toJsonSchema(idSchema, options);
  return {
    ...rest,
    properties: { id: { ...id, description: 'Made by the client; the same id has at most one effect.' }, ...properties },
    required: ['id', ...required],
  };
};

const json = (description: string, schema: object = { type: 'object' }): object => ({
  description,
  content: { 'application/json': { schema } },
});
const ack = { $ref: '#/components/schemas/Ack' };
const refusals = Object.fromEntries(
  [...new Set(Object.values(STATUS))].map((status) => {
    const codes = REFUSALS.filter((code) => STATUS[code] === status);
    return [String(status), json(`Refused: ${codes.join(', ')}.`, ack)];
  }),
);
const inPath = (name: string, description: string): object => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
const board = inPath('board', 'The board’s name in its address.');
const format = { name: 'format', in: 'query', required: true, schema: { enum: LIST_FORMATS } };
const notFound = { '404': json('There is none.', ack) };

const paths = {
  '/api/session': {
    post: { summary: 'A guest session, where there is none', responses: { '200': json('Who you are; a cookie where you were nobody.') } },
    delete: {
      summary: 'Sign out: this session, or (everywhere=yes) all of this person',
      parameters: [{ name: 'everywhere', in: 'query', schema: { type: 'string', enum: ['yes'] } }],
      responses: { '200': json('Over on every node.') },
    },
  },
  '/api/me': {
    delete: {
      summary: 'Delete me: every session is over, and every board forgets me',
      security: [{ session: [] }],
      responses: { '200': json('Boards in use have; the others, and the disk, follow.'), ...refusals },
    },
  },
  '/api/me/move': {
    post: {
      summary: 'A link by which another phone becomes me: once, within ten minutes',
      security: [{ session: [] }],
      responses: { '201': json('`token`, and when it `expires`. An earlier one is void.'), ...refusals },
    },
    get: {
      summary: 'What became of that link',
      security: [{ session: [] }],
      responses: { '200': json('`state`: open, used or over.'), ...refusals },
    },
  },
  '/api/move': {
    post: {
      summary: 'Become the person of that link',
      requestBody: { required: true, ...json('`token`, and an `id` made by the client: sent again with it, the same answer.') },
      responses: { '200': json('A cookie of that person.', ack), ...refusals },
    },
  },
  '/api/move/whose': {
    post: {
      summary: 'Whose link that is, without taking it',
      requestBody: { required: true, ...json('`token`, and the `board` on which they may have a name.') },
      responses: { '200': json('`name`, empty where there is none, and whether it is `mine` already.'), ...refusals },
    },
  },
  '/api/me/passkeys': {
    get: {
      summary: 'My passkeys',
      security: [{ session: [] }],
      responses: { '200': json('Name, when made, when last used.'), ...refusals },
    },
    post: {
      summary: 'Keep me by a passkey',
      security: [{ session: [] }],
      requestBody: { required: true, ...json('A `name`, and the `response` of the browser (WebAuthn, as JSON).') },
      responses: { '201': json('It is kept.', ack), ...refusals },
    },
  },
  '/api/me/passkeys/options': {
    post: {
      summary: 'What the browser makes a passkey from',
      security: [{ session: [] }],
      requestBody: { required: true, ...json('The `board` whose name of mine the phone shows with it.') },
      responses: { '200': json('`options`, good for five minutes.'), ...refusals },
    },
  },
  '/api/me/passkeys/{key}': {
    parameters: [inPath('key', 'Which of my passkeys.')],
    delete: {
      summary: 'Remove a passkey',
      security: [{ session: [] }],
      responses: { '200': json('It opens nothing any more.', ack), ...refusals },
    },
  },
  '/api/passkey': {
    post: {
      summary: 'Be the person whose passkey has signed',
      requestBody: { required: true, ...json('The `response` of the browser (WebAuthn, as JSON).') },
      responses: { '200': json('A cookie of that person.', ack), ...refusals },
    },
  },
  '/api/passkey/options': {
    post: { summary: 'What the browser signs', responses: { '200': json('`options`, good for five minutes.'), ...refusals } },
  },
  '/api/backup': {
    post: {
      summary: 'Copy the data file, while everything goes on (administrator; not with Redis)',
      security: [{ administrator: [] }],
      responses: { '201': json('The path of the copy, on the node.'), ...refusals },
    },
  },
  '/api/boards': { get: { summary: 'The boards of this deployment', responses: { '200': json('Slug, name and days of each.') } } },
  '/api/boards/{board}': {
    parameters: [board],
    get: {
      summary: 'Everything public on a board',
      responses: { '200': json('The snapshot, with ETag.'), '304': { description: 'As you know it.' }, ...notFound },
    },
    post: {
      summary: 'Make a board (administrator)',
      security: [{ administrator: [] }],
      requestBody: { required: true, ...json('Name, zone and days.') },
      responses: { '201': json('The organiser’s link.', ack), ...refusals },
    },
  },
  '/api/boards/{board}/me': {
    parameters: [board],
    get: { summary: 'What concerns me', security: [{ session: [] }], responses: { '200': json('My views.'), ...refusals } },
  },
  '/api/boards/{board}/gatherings/{id}': {
    parameters: [board, inPath('id', 'The gathering’s id.')],
    get: { summary: 'A gathering and what its page adds', responses: { '200': json('Card, seats and details.'), ...notFound } },
  },
  '/api/boards/{board}/commands': {
    parameters: [board],
    post: {
      summary: 'A command',
      security: [{ session: [] }, { administrator: [] }],
      requestBody: { required: true, ...json('One of the commands.', { $ref: '#/components/schemas/Command' }) },
      responses: { '200': json('It took effect; asked again with the same id, the same answer.', ack), ...refusals },
    },
  },
  '/api/boards/{board}/import': {
    parameters: [board, format],
    post: {
      summary: 'Bring a list onto the board (organisers)',
      security: [{ session: [] }, { administrator: [] }],
      requestBody: { required: true, content: { '*/*': {} } },
      responses: { '200': { description: 'application/x-ndjson: progress line by line, then the report' }, ...refusals },
    },
  },
  '/api/boards/{board}/export': {
    parameters: [board, format],
    get: {
      summary: 'The board’s gatherings as a list (organisers)',
      security: [{ session: [] }, { administrator: [] }],
      responses: { '200': { description: 'The list' }, ...refusals },
    },
  },
  '/b/{board}.ics': {
    parameters: [board],
    get: { summary: 'The board as iCalendar', responses: { '200': { description: 'text/calendar' }, ...notFound } },
  },
  '/b/{board}/plan/{token}.ics': {
    parameters: [board, inPath('token', 'The secret of the link that a person made.')],
    get: { summary: 'One person’s plan as iCalendar', responses: { '200': { description: 'text/calendar' }, ...notFound } },
  },
  '/api/push': {
    get: { summary: 'The key that browsers subscribe to push with', responses: { '200': json('`key`: base64url, uncompressed P-256.') } },
  },
  '/b/{board}/g/{gathering}.ics': {
    parameters: [board, inPath('gathering', 'The gathering’s id.')],
    get: { summary: 'A gathering as iCalendar', responses: { '200': { description: 'text/calendar' }, ...notFound } },
  },
};

/** The whole description; made once. @param version of this release */
export const openApi = (version: string): object => {
  const types = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
  return {
    openapi: '3.1.0',
    info: {
      title: 'Huddle',
      version,
      description: 'Writing requests carry an Origin that the deployment knows, or the administrator’s bearer token.',
    },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'huddle_session' },
        administrator: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Command: { oneOf: types.map((type) => ({ $ref: `#/components/schemas/${type}` })), discriminator: { propertyName: 'type' } },
        Ack: {
          oneOf: [
            { type: 'object', required: ['ok', 'rev'], properties: { ok: { const: true }, rev: { type: 'integer' }, result: {} } },
            {
              type: 'object',
              required: ['ok', 'code'],
              properties: {
                ok: { const: false },
                code: { enum: REFUSALS },
                field: { type: 'string' },
                message: { type: 'string' },
                retryAfterMs: { type: 'integer' },
              },
            },
          ],
        },
        ...Object.fromEntries(types.map((type) => [type, withId(type)])),
      },
    },
  };
};
