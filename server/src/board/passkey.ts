/** Passkeys, as records of the deployment's own board. That a signature is good has been seen at the door; the rest is decided here. */
import type { PasskeyRecord } from '@huddle/shared/passkey.ts';
import type { Board } from './board.ts';
import { type Rule, refuse } from './rule.ts';
import { becoming, hasLeft } from './session.ts';

/** Passkeys that one person may have. */
const PASSKEYS_KEPT = 10;
/** Challenges that one of them may answer within the five minutes that a challenge is good. */
const SPENT_KEPT = 32;

export const passkeysOf = (board: Pick<Board, 'all'>, person: string): PasskeyRecord[] =>
  board.all('passkey').filter((passkey) => passkey.person === person);

export const addPasskey: Rule<'addPasskey'> = {
  who: 'system',
  decide: (board, { type: _, by, key, ...passkey }, { now }) => {
    const { person } = passkey;
    if (hasLeft(board, person, by)) return refuse('signedOut');
    if (board.get('passkey', key) !== undefined) return refuse('idTaken', { field: 'key' });
    if (passkeysOf(board, person).length >= PASSKEYS_KEPT) return refuse('tooMany');
    return { put: [{ id: `passkey/${key}`, type: 'passkey', rev: board.nextRev, ...passkey, at: now, usedAt: 0, spent: [] }] };
  },
};

export const usePasskey: Rule<'usePasskey'> = {
  who: 'system',
  decide: (board, { key, counter, challenge, until }, { now }) => {
    const passkey = board.get('passkey', key);
    if (passkey === undefined) return refuse('notFound', { field: 'passkey' });
    const spent = passkey.spent.filter((each) => each.until > now);
    if (until <= now || spent.some((each) => each.challenge === challenge)) return refuse('linkExpired', { field: 'challenge' });
    // One that counts and counts no further has been copied.
    if ((counter > 0 || passkey.counter > 0) && counter <= passkey.counter) return refuse('forbidden', { field: 'passkey' });
    if (spent.length >= SPENT_KEPT) return refuse('tooMany');
    const used = { ...passkey, rev: board.nextRev, counter, usedAt: now, spent: [...spent, { challenge, until }] };
    return { put: [used], result: becoming(board, passkey.person, now) };
  },
};

export const removePasskey: Rule<'removePasskey'> = {
  who: 'system',
  decide: (board, { person, key }) => {
    const passkey = board.get('passkey', key);
    return passkey?.person === person ? { put: [], gone: [passkey.id] } : refuse('notFound', { field: 'passkey' });
  },
};
