/** Guest sessions: a signed cookie that says which person this is, and nothing else. No table, so any node may read it. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { idFrom } from '@huddle/shared/ids.ts';

const COOKIE = 'huddle_session';
const YEAR_S = 365 * 86_400;
const FORM = /^([A-Za-z0-9_-]{12})\.([0-9a-z]{1,12})\.([A-Za-z0-9_-]{43})$/;

export interface Sessions {
  /** The person that a `Cookie` header names; undefined where there is none, or it was not signed by us, or is older than a year. */
  personOf(cookieHeader?: string): string | undefined;
  /** A new person, and the `Set-Cookie` header that makes the browser be it. @param secure whether the connection is https */
  issue(secure: boolean): { readonly person: string; readonly setCookie: string };
}

export interface SessionParts {
  /** The first signs, all are accepted: so a secret can be replaced without sending everybody away. */
  readonly secrets: readonly [string, ...string[]];
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

const sign = (secret: string, body: string): Buffer => createHmac('sha256', secret).update(`session.${body}`).digest();

/** All values of our cookie in a `Cookie` header (RFC 6265 §5.4): a browser may send more than one of a name. */
const values = (header: string): readonly string[] =>
  header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${COOKIE}=`))
    .map((pair) => pair.slice(COOKIE.length + 1));

export const createSessions = ({ secrets, now, random }: SessionParts): Sessions => {
  const personIn = (value: string): string | undefined => {
    const [, person, issued, mac] = FORM.exec(value) ?? [];
    if (person === undefined || issued === undefined || mac === undefined) return undefined;
    const given = Buffer.from(mac, 'base64url');
    const signed = secrets.some((secret) => timingSafeEqual(given, sign(secret, `${person}.${issued}`)));
    return signed && now() - parseInt(issued, 36) * 1000 < YEAR_S * 1000 ? person : undefined;
  };

  return {
    personOf: (cookieHeader) => {
      for (const value of values(cookieHeader ?? '')) {
        const person = personIn(value);
        if (person !== undefined) return person;
      }
      return undefined;
    },
    issue: (secure) => {
      const person = idFrom(random(12));
      const body = `${person}.${Math.floor(now() / 1000).toString(36)}`;
      const value = `${body}.${sign(secrets[0], body).toString('base64url')}`;
      return { person, setCookie: `${COOKIE}=${value}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}` };
    },
  };
};
