/** Notices: lines to those concerned, and how card, page and inbox show them. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import { REMIND_MS, type NoticeAudience, type NoticeLine, type NoticeRecord, type NoticeView } from '@huddle/shared/notice.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import { HOUR } from '@huddle/shared/time.ts';
import type { Board } from './board.ts';
import type { DueOf } from './due.ts';
import { type Case, type Decision, type Effect, type GatheringCase, type Rule, refuse } from './rule.ts';

/** Notices that hosts may cause about one gathering within an hour. */
const NOTICES_AN_HOUR = 30;
/** Notices that are kept of one gathering: the oldest give way. */
const NOTICES_KEPT = 60;
/** Lines that page and inbox show of one gathering. */
const LINES_SHOWN = 20;

/** A notice about a gathering, as the command that caused it writes it. */
export const tell = (
  board: Board,
  given: Pick<Case, 'id' | 'by' | 'now'>,
  gathering: string,
  notice: Pick<NoticeRecord, 'kind'> & Partial<Pick<NoticeRecord, 'to' | 'text' | 'place' | 'start'>>,
): NoticeRecord => ({
  id: `notice/${given.id}`,
  type: 'notice',
  rev: board.nextRev,
  gathering,
  to: 'concerned',
  text: '',
  by: given.by,
  at: given.now,
  ...notice,
});

/** A host's command that tells people something: not without end. */
export const telling =
  <C>(change: (board: Board, command: C, given: GatheringCase) => Decision) =>
  (board: Board, command: C, given: GatheringCase): Decision => {
    const recent = [...board.noticesOf(given.key).values()].filter((notice) => notice.by !== '' && notice.at > given.now - HOUR);
    if (recent.length < NOTICES_AN_HOUR) return change(board, command, given);
    return refuse('tooMany', { retryAfterMs: Math.min(...recent.map((notice) => notice.at)) + HOUR - given.now });
  };

/** The oldest notices of those gatherings that an effect tells about, as far as they are too many. */
export const surplusNotices = (board: Board, effect: Effect): string[] => {
  const told = new Set(effect.put.flatMap((record) => (record.type === 'notice' && record.gathering ? [record.gathering] : [])));
  return [...told].flatMap((key) =>
    newestFirst(board.noticesOf(key).values())
      .slice(NOTICES_KEPT - 1)
      .map(({ id }) => id),
  );
};

const reminderId = (gathering: string, start: number): string => `remindGuests.${gathering}.${start.toString(36)}`;

/** Those going are reminded, unless they have been of this very start. The notice itself says so: its id is made of both. */
export const reminderDue: DueOf = (board, key, now) => {
  const gathering = board.gathering(key);
  if (gathering === undefined || gathering.start <= now || board.get('notice', reminderId(key, gathering.start)) !== undefined) return;
  // Whoever took a seat later knows when it begins.
  const isToBeTold = [...board.seats(key).answers.values()].some(
    (answer) => answer.status === 'going' && answer.at <= gathering.start - REMIND_MS,
  );
  return isToBeTold ? { at: gathering.start, command: { type: 'remindGuests', gathering: key, start: gathering.start } } : undefined;
};

export const remindGuests: Rule<'remindGuests'> = {
  who: 'system',
  decide: (board, { gathering: key, start }, given) => {
    const gathering = board.gathering(key);
    const isStanding = gathering !== undefined && !gathering.cancelled && !gathering.hidden && gathering.start === start;
    if (!isStanding || start <= given.now) return { put: [] };
    return { put: [tell(board, { ...given, id: reminderId(key, start) }, key, { kind: 'soon', to: 'going', start })] };
  },
};

export const sendNotice: Rule<'sendNotice'> = {
  who: 'host',
  decide: telling((board, { to, text }, given) => ({ put: [tell(board, given, given.key, { kind: 'text', to, text })] })),
};

export const announce: Rule<'announce'> = {
  who: 'organiser',
  decide: (board, { text }, { id, by, now }) => ({
    put: [{ id: `notice/${id}`, type: 'notice', rev: board.nextRev, kind: 'text', to: 'everyone', text, by, at: now }],
  }),
};

export const withdrawAnnouncement: Rule<'withdrawAnnouncement'> = {
  who: 'organiser',
  decide: (board, { notice }) => {
    const record = board.get('notice', notice);
    return record === undefined || record.gathering !== undefined
      ? refuse('notFound', { field: 'notice' })
      : { put: [], gone: [record.id] };
  },
};

/** A notice as others see it; a place for those going alone is left out (X5). */
const noticeLine = (notice: NoticeRecord, showsPlace: boolean): NoticeLine => ({
  key: notice.id.slice('notice/'.length),
  rev: notice.rev,
  kind: notice.kind,
  to: notice.to,
  at: notice.at,
  ...(notice.text === '' ? {} : { text: notice.text }),
  ...(notice.place === undefined || !showsPlace ? {} : { place: notice.place }),
  ...(notice.start === undefined ? {} : { start: notice.start }),
});

const newestFirst = (notices: Iterable<NoticeRecord>): NoticeRecord[] => [...notices].sort((a, b) => b.rev - a.rev || b.at - a.at);

/** A gathering's notices for everybody, newest first; that it begins soon, everybody sees from its time. */
export const publicLines = (board: Board, key: string, gathering: GatheringRecord): NoticeLine[] =>
  newestFirst(board.noticesOf(key).values())
    .filter(({ kind }) => kind !== 'soon')
    .slice(0, LINES_SHOWN)
    .map((notice) => noticeLine(notice, gathering.placeFor === 'all'));

const CONCERNS: Record<NoticeAudience, readonly RsvpRecord['status'][]> = {
  going: ['going'],
  waiting: ['waitlisted'],
  concerned: ['going', 'waitlisted'],
  everyone: [],
};

/** Whether a notice is for the holder of an answer: for their status, and after they answered. */
export const isConcerned = (notice: NoticeRecord, answer: RsvpRecord): boolean =>
  notice.at >= answer.at && CONCERNS[notice.to].includes(answer.status);

/** What the holder of an answer is told: notices for their status that came after they answered. */
export const linesFor = (board: Board, key: string, gathering: GatheringRecord, answer: RsvpRecord): NoticeLine[] =>
  newestFirst(board.noticesOf(key).values())
    .filter((notice) => isConcerned(notice, answer))
    .slice(0, LINES_SHOWN)
    .map((notice) => noticeLine(notice, gathering.placeFor === 'all' || answer.status === 'going'));

/** An announcement; undefined for a gathering's notice, which is part of its card. */
export const noticeView = (board: Board, key: string): NoticeView | undefined => {
  const notice = board.get('notice', key);
  return notice === undefined || notice.gathering !== undefined ? undefined : { id: `notice/${key}`, ...noticeLine(notice, true) };
};
