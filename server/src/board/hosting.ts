/** Hosting: shared with another person, or handed over, by a link that works once. */
import type { HostingView } from '@huddle/shared/hosting.ts';
import type { Board } from './board.ts';
import type { DueOf } from './due.ts';
import { hostRecord } from './gathering.ts';
import { type Rule, refuse } from './rule.ts';

/** How long a link can be taken. */
const LINK_LIFE = 24 * 3_600_000;

export const shareHosting: Rule<'shareHosting'> = {
  who: 'host',
  decide: (board, { token, handOver }, { key, by, now }) => {
    if (board.hostLink(token) !== undefined) return refuse('idTaken', { field: 'token' });
    const link = {
      id: `host-link/${token}`,
      type: 'host-link',
      rev: board.nextRev,
      gathering: key,
      handOver,
      by,
      expires: now + LINK_LIFE,
    } as const;
    return { put: [link], result: { expires: link.expires } };
  },
};

export const acceptHosting: Rule<'acceptHosting'> = {
  who: 'named',
  decide: (board, { token }, { by, now }) => {
    const link = board.hostLink(token);
    if (link === undefined || link.expires <= now || board.gathering(link.gathering) === undefined) return refuse('linkExpired');
    const giver = board.hostsOf(link.gathering).get(link.by);
    const mayGive = giver !== undefined || board.person(link.by)?.organiser === true;
    if (!mayGive || board.person(link.by)?.banned === true) return refuse('linkExpired');
    const result = { gathering: link.gathering };
    const hosts = board.hostsOf(link.gathering).has(by);
    // Nothing to take: one's own link, or a share of what one has. The link stays for whom it is meant.
    if (by === link.by || (hosts && !link.handOver)) return { put: [], result };
    const leaves = link.handOver && giver !== undefined ? [giver.id] : [];
    return { put: hosts ? [] : [hostRecord(board, link.gathering, by, now)], gone: [link.id, ...leaves], result };
  },
};

export const expireHostLink: Rule<'expireHostLink'> = {
  who: 'system',
  decide: (board, { token }, { now }) => {
    const link = board.hostLink(token);
    return link === undefined || link.expires > now ? { put: [] } : { put: [], gone: [link.id] };
  },
};

/** Links whose time is over (B8). */
export const hostLinkDue: DueOf = (board, token) => {
  const link = board.hostLink(token);
  return link === undefined ? undefined : { at: link.expires, command: { type: 'expireHostLink', token } };
};

export const hostingView = (board: Board, key: string, person: string): HostingView | undefined => {
  const gathering = board.gathering(key);
  if (gathering === undefined || !board.hostsOf(key).has(person) || board.person(person)?.banned === true) return undefined;
  const { title, start, end, place, address, hidden } = gathering;
  return { id: `hosting/${key}`, title, start, end, place, address, ...(hidden ? { hidden } : {}) };
};
