/**
 * Passkeys. `/api/me/passkeys`, by the phone that is somebody: what it has, one more, one less. `/api/passkey`, by a phone that wants to be
 * that person again.
 */
import { slugSchema } from '@huddle/shared/ids.ts';
import type { PasskeyRecord } from '@huddle/shared/passkey.ts';
import { lineSchema } from '@huddle/shared/text.ts';
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { passkeysOf } from '../board/passkey.ts';
import { Limits } from '../live/limit.ts';
import { acknowledge, onlyMethods, refuse, tellToWait } from './answer.ts';
import { become, nameOn } from './become.ts';
import { readBody, wishOf } from './body.ts';
import { mySession, onDeployment, type HttpParts } from './parts.ts';
import { myParty, type Party } from './party.ts';
import { hashOf, type Search } from './search.ts';

/** Passkeys that one person may begin to make, a second and at once (X6). */
const MADE_A_SECOND = 1 / 20;
const MADE_AT_ONCE = 5;

/** Loaded when the first passkey is made: it knows many formats, and most evenings see none. */
const webauthn = () => import('@simplewebauthn/server');

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/));
const response = {
  id: base64url,
  rawId: base64url,
  type: v.literal('public-key'),
  clientExtensionResults: v.record(v.string(), v.unknown()),
};
const optionsWish = v.strictObject({ board: slugSchema });
const keepWish = v.strictObject({
  name: lineSchema(60, 0),
  response: v.object({ ...response, response: v.object({ clientDataJSON: base64url, attestationObject: base64url }) }),
});
const backWish = v.strictObject({
  response: v.object({
    ...response,
    response: v.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url }),
  }),
});

const unsigned = (response: Response): void =>
  refuse(response, { code: 'forbidden', field: 'passkey', message: 'This was not signed by that passkey, or not for this.' });

const keyOf = ({ id }: PasskeyRecord): string => id.slice('passkey/'.length);

/** `GET /api/me/passkeys`. */
const list =
  (parts: HttpParts) =>
  (request: Request, response: Response): void => {
    const session = mySession(parts, request, response);
    if (session === undefined) return;
    const passkeys = passkeysOf(parts.deployment.board, session.person)
      .sort((a, b) => a.at - b.at)
      .map((passkey) => ({ key: keyOf(passkey), name: passkey.name, at: passkey.at, usedAt: passkey.usedAt }));
    response.set('Cache-Control', 'no-store').json({ ok: true, passkeys });
  };

const keeping = (person: string, session: string): string => `keep.${person}.${session}`;

/** `POST /api/me/passkeys/options`: what the browser makes one from. */
const keepOptions = (parts: HttpParts) => {
  const made = new Limits(MADE_A_SECOND, MADE_AT_ONCE);
  return async (request: Request, response: Response): Promise<void> => {
    const session = mySession(parts, request, response);
    const wish = session && wishOf(optionsWish, request, response);
    if (session === undefined || wish === undefined) return;
    const party = myParty(parts, request, response);
    if (party === undefined) return;
    const retryAfterMs = made.take(session.person, parts.now());
    if (retryAfterMs > 0) {
      tellToWait(response, retryAfterMs);
      return;
    }
    const { generateRegistrationOptions } = await webauthn();
    // What the phone shows where there are several; it is kept there, and what we are shown again is the id alone.
    const name = (await nameOn(parts, wish.board, session.person)) || 'Huddle';
    const options = await generateRegistrationOptions({
      ...{ rpName: 'Huddle', rpID: party.id, userName: name, userDisplayName: name, attestationType: 'none' },
      userID: Uint8Array.from(Buffer.from(session.person)),
      challenge: parts.challenges.issue(keeping(session.person, session.id)),
      excludeCredentials: passkeysOf(parts.deployment.board, session.person).map(({ credential }) => ({ id: credential })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    });
    response.set('Cache-Control', 'no-store').json({ ok: true, options });
  };
};

/** `POST /api/me/passkeys`: what the browser made of it. A credential is registered once, so no challenge of this kind serves twice. */
const keep =
  (parts: HttpParts) =>
  async (request: Request, response: Response): Promise<void> => {
    const session = mySession(parts, request, response);
    const wish = session && wishOf(keepWish, request, response);
    if (session === undefined || wish === undefined) return;
    const party = myParty(parts, request, response);
    if (party === undefined) return;
    const { person, id, issued } = session;
    const { verifyRegistrationResponse } = await webauthn();
    const seen = await verifyRegistrationResponse({
      response: wish.response,
      expectedChallenge: (challenge) => parts.challenges.goodUntil(challenge, keeping(person, id)) !== undefined,
      ...{ expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: false },
    }).catch(() => undefined);
    if (seen?.verified !== true) {
      unsigned(response);
      return;
    }
    const { credential } = seen.registrationInfo;
    const ack = await onDeployment(parts, {
      ...{ type: 'addPasskey', person, by: { session: id, issued }, key: hashOf(credential.id), credential: credential.id },
      ...{ publicKey: Buffer.from(credential.publicKey).toString('base64url'), counter: credential.counter, name: wish.name },
    });
    acknowledge(response, ack, 201);
  };

/** `DELETE /api/me/passkeys/:key`. */
const remove =
  (parts: HttpParts) =>
  async (request: Request<{ key: string }>, response: Response): Promise<void> => {
    const session = mySession(parts, request, response);
    if (session === undefined) return;
    acknowledge(response, await onDeployment(parts, { type: 'removePasskey', person: session.person, key: request.params.key }));
  };

const BACK = 'back';

/** `POST /api/passkey/options`: what a phone signs that wants to be somebody again. Whose passkeys there are is told to nobody. */
const backOptions =
  (parts: HttpParts) =>
  async (request: Request, response: Response): Promise<void> => {
    const party = myParty(parts, request, response);
    if (party === undefined) return;
    const { generateAuthenticationOptions } = await webauthn();
    const challenge = parts.challenges.issue(BACK);
    const options = await generateAuthenticationOptions({ rpID: party.id, challenge, userVerification: 'preferred' });
    response.set('Cache-Control', 'no-store').json({ ok: true, options });
  };

/** What a passkey has signed, if it has: which challenge, until when that is good, and how often it has signed. */
const signedBy = async (parts: HttpParts, passkey: PasskeyRecord, party: Party, wish: v.InferOutput<typeof backWish>['response']) => {
  const { verifyAuthenticationResponse } = await webauthn();
  if (Buffer.from(wish.response.userHandle, 'base64url').toString() !== passkey.person) return undefined;
  let signed: { challenge: string; until: number } | undefined;
  const seen = await verifyAuthenticationResponse({
    response: wish,
    expectedChallenge: (challenge) => {
      const until = parts.challenges.goodUntil(challenge, BACK);
      if (until !== undefined) signed = { challenge: hashOf(challenge), until };
      return until !== undefined;
    },
    ...{ expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: false },
    // How far it has counted is for the rule to compare, in the commit: another node may have seen it since.
    credential: { id: passkey.credential, publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')), counter: 0 },
  }).catch(() => undefined);
  return seen?.verified === true && signed !== undefined ? { ...signed, counter: seen.authenticationInfo.newCounter } : undefined;
};

/** `POST /api/passkey`: a phone becomes the person whose passkey has signed. */
const back =
  (parts: HttpParts, search: Search) =>
  async (request: Request, response: Response): Promise<void> => {
    const wish = wishOf(backWish, request, response);
    if (wish === undefined) return;
    const party = myParty(parts, request, response);
    if (party === undefined) return;
    const key = hashOf(wish.response.id);
    const passkey = await search(() => parts.deployment.board.get('passkey', key));
    if (typeof passkey === 'number') tellToWait(response, passkey);
    else if (passkey === undefined) refuse(response, { code: 'notFound', field: 'passkey' });
    else {
      const signed = await signedBy(parts, passkey, party, wish.response);
      if (signed === undefined) unsigned(response);
      else await become(parts, request, response, await onDeployment(parts, { type: 'usePasskey', key, ...signed }));
    }
  };

export const passkeyRoutes = (parts: HttpParts, search: Search): { readonly mine: Router; readonly anybodys: Router } => {
  const mine = Router();
  mine.route('/').get(list(parts)).post(readBody, keep(parts)).all(onlyMethods('GET', 'POST'));
  mine.route('/options').post(readBody, keepOptions(parts)).all(onlyMethods('POST'));
  mine.route('/:key').delete(remove(parts)).all(onlyMethods('DELETE'));
  const anybodys = Router();
  anybodys.route('/').post(readBody, back(parts, search)).all(onlyMethods('POST'));
  anybodys.route('/options').post(backOptions(parts)).all(onlyMethods('POST'));
  return { mine, anybodys };
};
