/** X3: what a stranger sends is a command or a clear refusal, whichever schema it meets; text that got in is clean. */
import { type CommandType, COMMANDS } from '@huddle/shared/protocol.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../board/example.ts';
import { person } from '../board/scene.ts';
import { parseCommand } from './command.ts';

const RUNS = { numRuns: 200, seed: 1 };
const sender = person('gus');
const id = 'command-0001';

/** Signs that trip readers, each alone and among letters; the order of marks and signs matters, so they are mixed freely. */
const sign = fc.constantFrom(
  ...['\u0000', '\u0007', '\u200e', '\u202e', '\u2066', '\u2069', '\ufeff', '\ud800', '\udfff', '\u0301', '\u0323', '\u200d', '\u2028'],
  ...['\r', '\n', '\t', ' ', 'e', 'o', 'ﷺ', '中', '가', 'ᄀ', 'ᅡ', '👩', '🇭', '<', '"', '=', '\\', '__proto__'],
);
const knot = fc.constantFrom('e', 'ᄀ', 'ᅡ', '\u0301', '\u0323', '\u200e', '\u202e', '\ud800', '\n');
const hostileText = fc.oneof(
  fc.array(knot, { maxLength: 8 }).map((signs) => signs.join('')),
  fc.array(sign, { maxLength: 30 }).map((signs) => signs.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('A'.repeat(9000), `Z${'\u0301'.repeat(3000)}`, 'https://a@b', 'https://[::1', 'javascript:alert(1)'),
);
const hostile = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 20 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -0, 2 ** 53, -1, 0.5, 1e308, null, true) },
);

/** What is only ever compared with what is known, and shown to nobody. */
const COMPARED: ReadonlySet<string> = new Set(['key', 'token', 'endpoint', 'value']);

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

// eslint-disable-next-line no-control-regex -- control characters are what this expression is about
const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

describe.each(Object.keys(COMMANDS) as CommandType[])('X3: %s', (type) => {
  const example: Readonly<Record<string, unknown>> = { ...EXAMPLES[type] };
  const fields = Object.keys(COMMANDS[type].entries).filter((field) => field !== 'type');

  it('is understood in its right form', () => {
    expect(parseCommand({ ...example, id }, sender)).toHaveProperty('command.type', type);
  });

  it('with a key that it does not have is refused, and the key is named', () => {
    const key = fc.constantFrom('extra', 'constructor', 'hasOwnProperty', 'then', 'toJSON', 'rev', 'person2', 'hosts');
    fc.assert(
      fc.property(key, hostile, (name, value) => {
        expect(parseCommand({ ...example, id, [name]: value }, sender)).toMatchObject({ refusal: { code: 'invalid', field: name } });
      }),
      RUNS,
    );
  });

  it('of any shape whatever throws nothing', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3, withNullPrototype: true }), (body) => {
        const wish: unknown = typeof body === 'object' && body !== null ? { ...body, id, type } : body;
        expect(['refusal', 'command'].filter((part) => part in parseCommand(wish, sender))).toHaveLength(1);
      }),
      RUNS,
    );
  });

  // A command without fields has nothing to put anything into.
  if (fields.length === 0) return;
  it('with anything in a field: a refusal that names it, or clean text that parses to itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), hostile, (field, value) => {
        const parsed = parseCommand({ ...example, id, [field]: value }, sender);
        if ('refusal' in parsed) {
          expect(parsed.refusal.code).toBe('invalid');
          expect(parsed.refusal.field?.split('.')[0]).toBe(field);
          expect(parsed.refusal.message).toMatch(/\S/);
          return;
        }
        for (const text of COMPARED.has(field) ? [] : textsIn(parsed.command)) {
          expect(text).not.toMatch(UNCLEAN);
          expect(text.normalize('NFC')).toBe(text);
        }
        expect(parseCommand({ ...parsed.command, id }, sender)).toEqual(parsed);
      }),
      RUNS,
    );
  });
});
