/** Passkeys on this phone: keeping me by one, and being that person again. What browsers need for it is loaded when it is used. */
import { isHostName } from '@huddle/shared/host-name.ts';
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { request, type Answer } from '../live/http.ts';
import { t } from '../text/text.svelte.ts';

/** One of mine, as the server tells it. */
export interface Passkey {
  readonly key: string;
  /** Of the phone that made it; empty: not known. */
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms; 0: not yet. */
  readonly usedAt: number;
}

/** Why this page can have no passkeys: its address – https and a name are needed –, or its browser. undefined: it can. */
export const passkeysNeed = (
  where: { readonly secure: boolean; readonly host: string; readonly known: boolean } = {
    secure: isSecureContext,
    host: location.hostname,
    known: 'PublicKeyCredential' in globalThis,
  },
): 'insecure' | 'missing' | undefined => {
  if (!where.secure || !isHostName(where.host)) return 'insecure';
  return where.known ? undefined : 'missing';
};

/** The kind of phone, for the list of passkeys: nothing that tells one from another of its kind. */
export const kindOfPhone = (agent: string): string =>
  ['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'CrOS', 'Linux'].find((kind) => agent.includes(kind)) ?? '';

export const myPasskeys = (): Promise<Answer<{ readonly passkeys: readonly Passkey[] }> | undefined> => request('GET', '/api/me/passkeys');
export const removePasskey = (key: string): Promise<Answer | undefined> => request('DELETE', `/api/me/passkeys/${key}`);

/** `undefined`: its person thought better of it. Else whether it is done, or (in words) why not. */
export type Attempt = { readonly done: true } | { readonly wrong: string } | undefined;

const attemptOf = (answer: Answer | undefined): Attempt => {
  if (answer?.ok === true) return { done: true };
  if (answer === undefined) return { wrong: t.me.away };
  if (answer.code === 'notFound') return { wrong: t.me.passkey.unknown };
  if (answer.code === 'forbidden') return { wrong: answer.field === 'origin' ? t.me.passkey.needed.insecure : t.me.passkey.failed };
  return { wrong: t.refusal[answer.code] };
};

/** What the browser says by throwing. */
const thrown = (error: unknown): Attempt => {
  const name = error instanceof Error ? error.name : '';
  // Also said after minutes without an answer: whoever went away knows.
  if (name === 'NotAllowedError' || name === 'AbortError') return undefined;
  return { wrong: name === 'InvalidStateError' ? t.me.passkey.there : t.me.passkey.failed };
};

/** Keeps me by a passkey of this phone, or of what keeps my passwords. @param slug of the board whose name of mine the phone shows with it */
export const keepMe = async (slug: string): Promise<Attempt> => {
  const begun = await request<{ options: PublicKeyCredentialCreationOptionsJSON }>('POST', '/api/me/passkeys/options', { board: slug });
  if (begun?.ok !== true) return attemptOf(begun);
  try {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const { id, rawId, type, clientExtensionResults, response } = await startRegistration({ optionsJSON: begun.options });
    const { clientDataJSON, attestationObject } = response;
    const made = { id, rawId, type, clientExtensionResults, response: { clientDataJSON, attestationObject } };
    return attemptOf(await request('POST', '/api/me/passkeys', { name: kindOfPhone(navigator.userAgent), response: made }));
  } catch (error) {
    return thrown(error);
  }
};

/** Makes this phone the person whose passkey its owner chooses. */
export const comeBack = async (): Promise<Attempt> => {
  const begun = await request<{ options: PublicKeyCredentialRequestOptionsJSON }>('POST', '/api/passkey/options', {});
  if (begun?.ok !== true) return attemptOf(begun);
  try {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    return attemptOf(await request('POST', '/api/passkey', { response: await startAuthentication({ optionsJSON: begun.options }) }));
  } catch (error) {
    return thrown(error);
  }
};
