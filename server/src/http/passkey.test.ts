/** Passkeys at the door: what is signed is looked at, for whom, for which address and until when. What it opens is the rule's matter. */
import type { PasskeyRecord } from '@huddle/shared/passkey.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Doors, type Answer } from './door-fixture.ts';
import { Keeper } from './passkey-fixture.ts';

const SIX_MINUTES = 360_000;

let doors: Doors;
/** The same node, by a name. */
let origin = '';
beforeAll(async () => {
  doors = await Doors.open();
  origin = doors.url.replace('127.0.0.1', 'localhost');
});
afterAll(() => doors.close());
beforeEach(() => doors.fresh());

interface Options {
  readonly challenge: string;
  readonly user: { readonly id: string; readonly name: string };
}

const from = (at: string, cookie = ''): Record<string, string> => ({
  ...{ origin: at, 'x-forwarded-host': new URL(at).host },
  ...(cookie === '' ? {} : { cookie }),
});
const optionsFor = async (path: string, headers: Record<string, string>, body: unknown = ''): Promise<Options> => {
  const { json } = await doors.write(`${path}/options`, body, headers);
  return json['options'] as Options;
};
const begin = (cookie: string): Promise<Options> => optionsFor('/api/me/passkeys', from(origin, cookie), { board: 'harbour' });
const keep = (cookie: string, response: object, at = origin): Promise<Answer> =>
  doors.write('/api/me/passkeys', { name: 'iPhone', response }, from(at, cookie));
const back = (response: object, at = origin): Promise<Answer> => doors.write('/api/passkey', { response }, from(at));

/** What the door asked the board to keep, as the record that the board makes of it. */
const stored = (): PasskeyRecord => {
  const { key, credential, publicKey, counter, person } = doors.asked.at(-1)?.command as PasskeyRecord & { readonly key: string };
  const record: PasskeyRecord = {
    ...{ id: `passkey/${key}`, type: 'passkey', rev: 1, person, credential, publicKey, counter },
    ...{ name: 'iPhone', at: doors.time, usedAt: 0, spent: [] },
  };
  doors.own.put(record.id, record);
  return record;
};

/** A guest who has kept a passkey. */
const keeper = async (): Promise<{ readonly person: string; readonly cookie: string; readonly phone: Keeper }> => {
  const [{ person, cookie }, phone] = [await doors.guest(), new Keeper()];
  const kept = await keep(cookie, phone.create((await begin(cookie)).challenge, origin));
  expect(kept.status).toBe(201);
  stored();
  return { person, cookie, phone };
};

describe('keeping one', () => {
  test('names the person by their id alone, and asks the board to keep what the phone made', async () => {
    const [{ person, cookie }, phone] = [await doors.guest(), new Keeper()];
    const options = await begin(cookie);
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'Mei' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    });
    expect(Buffer.from(options.user.id, 'base64url').toString()).toBe(person);
    expect((await keep(cookie, phone.create(options.challenge, origin))).status).toBe(201);
    expect(doors.asked.at(-1)?.command).toMatchObject({ type: 'addPasskey', person, credential: phone.id, name: 'iPhone' });
  });

  test.each([
    ['another address', (phone: Keeper, challenge: string) => phone.create(challenge, 'https://evil.example')],
    ['a challenge of nobody’s', (phone: Keeper) => phone.create('AAAA', origin)],
    [
      'nothing at all',
      (phone: Keeper) => ({ ...phone.create('AAAA', origin), response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } }),
    ],
  ])('of %s is refused', async (_, make) => {
    const { cookie } = await doors.guest();
    const { challenge } = await begin(cookie);
    expect(await keep(cookie, make(new Keeper(), challenge))).toMatchObject({ status: 403, json: { field: 'passkey' } });
    expect(doors.asked).toEqual([]);
  });

  test('is for the session that began it, for five minutes', async () => {
    const [ada, bob] = [await doors.guest(), await doors.guest()];
    const made = new Keeper().create((await begin(ada.cookie)).challenge, origin);
    expect((await keep(bob.cookie, made)).status).toBe(403);
    doors.time += SIX_MINUTES;
    expect((await keep(ada.cookie, made)).status).toBe(403);
  });

  test('needs a session, and an address that browsers keep passkeys for', async () => {
    expect((await doors.write('/api/me/passkeys/options', { board: 'harbour' }, from(origin))).status).toBe(401);
    const { cookie } = await doors.guest();
    for (const at of [doors.url, 'http://huddle.example']) {
      const refused = await doors.write('/api/me/passkeys/options', { board: 'harbour' }, from(at, cookie));
      expect(refused).toMatchObject({ status: 403, json: { code: 'forbidden', field: 'origin' } });
    }
  });

  test('X6: is not begun by the hundred', async () => {
    const { cookie } = await doors.guest();
    const answers = [];
    for (let times = 0; times < 6; times += 1)
      answers.push((await doors.write('/api/me/passkeys/options', { board: 'harbour' }, from(origin, cookie))).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe('coming back with one', () => {
  const sign = async (phone: Keeper, person: string, at = origin): Promise<object> =>
    phone.get((await optionsFor('/api/passkey', from(origin))).challenge, at, person);

  test('asks the board with the challenge it answered, and gives a cookie of its person', async () => {
    const { person, phone } = await keeper();
    doors.answer = () => ({ ok: true, rev: 4, result: { person, issued: doors.time } });
    const done = await back(await sign(phone, person));
    expect(done.status).toBe(200);
    expect(doors.parts.sessions.personOf(done.headers.getSetCookie()[0]?.split(';')[0])).toBe(person);
    expect(doors.asked.at(-1)?.command).toMatchObject({ type: 'usePasskey', counter: phone.counter });
  });

  test('is refused for what another key signed, another address, another person, or too late', async () => {
    const { person, phone } = await keeper();
    const known = doors.asked.length;
    const forged = { ...(await sign(new Keeper(), person)), id: phone.id, rawId: phone.id };
    const late = await sign(phone, person);
    for (const response of [forged, await sign(phone, person, 'https://evil.example'), await sign(phone, 'somebodyelse')]) {
      expect(await back(response)).toMatchObject({ status: 403, json: { field: 'passkey' } });
    }
    doors.time += SIX_MINUTES;
    expect((await back(late)).status).toBe(403);
    expect(doors.asked).toHaveLength(known);
  });

  test('a challenge for keeping one is none for coming back', async () => {
    const { person, cookie, phone } = await keeper();
    expect((await back(phone.get((await begin(cookie)).challenge, origin, person))).status).toBe(403);
  });

  test('with one that was removed, or that nobody kept, is told so', async () => {
    const { person, phone } = await keeper();
    doors.own.put(doors.own.all('passkey')[0]?.id ?? '', undefined);
    expect(await back(await sign(phone, person))).toMatchObject({ status: 404, json: { code: 'notFound', field: 'passkey' } });
  });
});

test('my passkeys are told to me alone, without what they sign with, and are mine to remove', async () => {
  const { person, cookie } = await keeper();
  const mine = await doors.ask('/api/me/passkeys', { headers: { cookie } });
  const [one] = mine.json['passkeys'] as { key: string }[];
  expect(mine.json['passkeys']).toEqual([{ key: one?.key, name: 'iPhone', at: doors.time, usedAt: 0 }]);
  const other = await doors.guest();
  expect((await doors.ask('/api/me/passkeys', { headers: { cookie: other.cookie } })).json['passkeys']).toEqual([]);
  await doors.ask(`/api/me/passkeys/${one?.key ?? ''}`, { method: 'DELETE', headers: from(origin, cookie) });
  expect(doors.asked.at(-1)?.command).toMatchObject({ type: 'removePasskey', person, key: one?.key });
});
