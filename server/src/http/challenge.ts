/**
 * Challenges for passkeys, which no node has to remember: until when, chance, and a signature of this deployment. Any node may check one that
 * another made; that each is answered once is the record's matter.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { MINUTE } from '@huddle/shared/time.ts';

const LIFE = 5 * MINUTE;
const TIME_BYTES = 6;
const CHANCE_BYTES = 16;
const HEAD = TIME_BYTES + CHANCE_BYTES;

export interface Challenges {
  /** @param purpose what is to be signed for, and by whom: good for nothing else */
  issue(purpose: string): Uint8Array<ArrayBuffer>;
  /** Until when (epoch ms) that challenge is good for it; undefined: it is not. @param challenge base64url */
  goodUntil(challenge: string, purpose: string): number | undefined;
}

export interface ChallengeParts {
  /** The first signs, all are accepted, as of sessions. */
  readonly secrets: readonly [string, ...string[]];
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

export const createChallenges = ({ secrets, now, random }: ChallengeParts): Challenges => {
  // Begins with another word than what sessions sign, so that neither is ever taken for the other.
  const sign = (secret: string, purpose: string, head: Uint8Array): Buffer =>
    createHmac('sha256', secret).update(`passkey.${purpose}.`).update(head).digest();
  return {
    issue: (purpose) => {
      const time = Buffer.alloc(TIME_BYTES);
      time.writeUIntBE(now() + LIFE, 0, TIME_BYTES);
      const head = Buffer.concat([time, random(CHANCE_BYTES)]);
      return Uint8Array.from(Buffer.concat([head, sign(secrets[0], purpose, head)]));
    },
    goodUntil: (challenge, purpose) => {
      const bytes = Buffer.from(challenge, 'base64url');
      const [head, mac] = [bytes.subarray(0, HEAD), bytes.subarray(HEAD)];
      if (!secrets.some((secret) => mac.length === 32 && timingSafeEqual(mac, sign(secret, purpose, head)))) return undefined;
      const until = head.readUIntBE(0, TIME_BYTES);
      return until > now() ? until : undefined;
    },
  };
};
