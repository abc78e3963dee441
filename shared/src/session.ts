/** Sessions that are over. Cookies are read without a table, so what ended before its time is written down: on the deployment's own board `_`. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';

/** Stored on `_`: `epoch/<person>`. A person without one has never signed out. */
export interface EpochRecord {
  readonly id: `epoch/${string}`;
  readonly type: 'epoch';
  readonly rev: number;
  /** Sessions issued until then are over, epoch ms; 0: none for that reason. */
  readonly since: number;
  /** Single sessions that are over, oldest first. */
  readonly ended: readonly { readonly session: string; readonly issued: number }[];
  /** When the last of them ended, epoch ms: a year later none of them would be good any more, and the record goes. */
  readonly at: number;
}

const momentSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Which session of a person a cookie named: its id – '' in those of release 0.1 – and when it was issued. */
export const cookieSession = v.strictObject({ session: v.union([idSchema, v.literal('')]), issued: momentSchema });

/** By the node, for somebody whose cookie it has seen: this session, or (without one) every session issued until now. */
export const endSessions = v.strictObject({
  type: v.literal('endSessions'),
  person: idSchema,
  session: v.optional(cookieSession),
});

/** By the node: nobody holds a session any more that the record speaks of. */
export const expireEpoch = v.strictObject({ type: v.literal('expireEpoch'), person: idSchema });
