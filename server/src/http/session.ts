/** Sessions: a signed cookie that says which person this is, and nothing else. Any node may read it, and knows which ones are over (X8). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { idFrom } from '@huddle/shared/ids.ts';
import type { EpochRecord } from '@huddle/shared/session.ts';
import { type Became, isEnded, SESSION_LIFE, type Session } from '../board/session.ts';

const COOKIE = 'huddle_session';
/** Person, when it was issued, which session, signature. */
const FORM = /^([A-Za-z0-9_-]{12})\.([0-9a-z]{1,12})(?:\.([A-Za-z0-9_-]{12}))?\.([A-Za-z0-9_-]{43})$/;

/** What a `Cookie` header says. `over`: signed by us, but its person has signed out of it (X8). */
export type Shown = { readonly session: Session } | { readonly over: true } | undefined;

export interface Sessions {
  /** The session that a `Cookie` header names; undefined where there is none, or it was not signed by us, or is older than a year. */
  shown(cookieHeader?: string): Shown;
  /** Whether its person has signed out of it meanwhile. */
  isOver(session: Session): boolean;
  /** The person of that session, as long as it is good. */
  personOf(cookieHeader?: string): string | undefined;
  /**
   * The `Set-Cookie` header that makes the browser be a person: a new one, unless a rule has said which, and since when.
   * @param secure whether the connection is https
   */
  issue(secure: boolean, became?: Became): { readonly person: string; readonly setCookie: string };
  /** The `Set-Cookie` header that makes the browser nobody in particular. */
  clear(): string;
}

export interface SessionParts {
  /** The first signs, all are accepted: so a secret can be replaced without sending everybody away. */
  readonly secrets: readonly [string, ...string[]];
  /** What is over before its time. */
  readonly epochOf: (person: string) => EpochRecord | undefined;
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

const SECOND = 1000;

export const createSessions = ({ secrets, epochOf, now, random }: SessionParts): Sessions => {
  const sessionIn = (value: string): Session | undefined => {
    const [, person, issued, id = '', mac] = FORM.exec(value) ?? [];
    if (person === undefined || issued === undefined || mac === undefined) return undefined;
    const given = Buffer.from(mac, 'base64url');
    const body = value.slice(0, value.lastIndexOf('.'));
    const signed = secrets.some((secret) => timingSafeEqual(given, sign(secret, body)));
    // Release 0.1 named no session, and told whole seconds.
    const at = parseInt(issued, 36) * (id === '' ? SECOND : 1);
    return signed && now() - at < SESSION_LIFE ? { person, id, issued: at } : undefined;
  };

  const isOver = (session: Session): boolean => isEnded(epochOf(session.person), session);

  const shown = (cookieHeader?: string): Shown => {
    const all = values(cookieHeader ?? '').flatMap((value) => sessionIn(value) ?? []);
    const session = all.find((each) => !isOver(each));
    if (session !== undefined) return { session };
    return all.length > 0 ? { over: true } : undefined;
  };

  return {
    shown,
    isOver,
    personOf: (cookieHeader) => {
      const said = shown(cookieHeader);
      return said !== undefined && 'session' in said ? said.session.person : undefined;
    },
    issue: (secure, { person, issued } = { person: idFrom(random(12)), issued: now() }) => {
      const body = `${person}.${issued.toString(36)}.${idFrom(random(12))}`;
      const value = `${body}.${sign(secrets[0], body).toString('base64url')}`;
      const life = SESSION_LIFE / SECOND;
      return { person, setCookie: `${COOKIE}=${value}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}` };
    },
    clear: () => `${COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`,
  };
};
