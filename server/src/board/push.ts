/** Subscriptions to Web Push, and what a commit tells whom. */
import { titleFor } from '@huddle/shared/gathering.ts';
import type { NoticeKind, NoticeRecord } from '@huddle/shared/notice.ts';
import type { PushKind, PushMessage, PushRecord, PushView, QuietHours } from '@huddle/shared/push.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import { zonedParts } from '@huddle/shared/time.ts';
import type { Board } from './board.ts';
import { isConcerned } from './notice.ts';
import type { KnownRecord } from './records.ts';
import { type Rule } from './rule.ts';
import type { Step } from './views.ts';

/** Devices of one person; the one that was subscribed first gives way. */
const DEVICES = 6;

export const subscribePush: Rule<'subscribePush'> = {
  who: 'guest',
  decide: (board, { type: _type, device, quiet, ...fields }, { by, now }) => {
    const id = `push/${by}:${device}` as const;
    const others = [...board.pushOf(by).values()].filter((other) => other.id !== id);
    const surplus = others.sort((a, b) => b.at - a.at).slice(DEVICES - 1);
    // A browser has one address: whoever used this phone before is not told on it any more.
    const gone = new Set([...board.pushAt(fields.endpoint).keys(), ...surplus.map((other) => other.id)]);
    gone.delete(id);
    const record: PushRecord = { id, type: 'push', rev: board.nextRev, person: by, ...fields, ...(quiet ? { quiet } : {}), at: now };
    return { put: [record], gone: [...gone] };
  },
};

export const unsubscribePush: Rule<'unsubscribePush'> = {
  who: 'guest',
  decide: (board, { device }, { by }) => {
    const known = board.get('push', `${by}:${device}`);
    return { put: [], gone: known === undefined ? [] : [known.id] };
  },
};

export const dropPush: Rule<'dropPush'> = {
  who: 'system',
  decide: (board, { person, device, endpoint }) => {
    const known = board.get('push', `${person}:${device}`);
    // Meanwhile it may have another address.
    return { put: [], gone: known?.endpoint === endpoint ? [known.id] : [] };
  },
};

/** One device of the person whose audience it is. */
export const pushView = (board: Board, device: string, person: string): PushView | undefined => {
  const record = board.get('push', `${person}:${device}`);
  return record && { id: `push/${device}`, kinds: record.kinds, ...(record.quiet === undefined ? {} : { quiet: record.quiet }) };
};

/** Whether nothing is to be pushed at that time. */
export const isQuiet = (quiet: QuietHours | undefined, now: number, zone: string): boolean => {
  if (quiet === undefined || quiet.from === quiet.to) return false;
  const { hour, minute } = zonedParts(now, zone);
  const at = hour * 60 + minute;
  return quiet.from < quiet.to ? at >= quiet.from && at < quiet.to : at >= quiet.from || at < quiet.to;
};

const KIND_OF: Record<NoticeKind, PushKind> = {
  moved: 'moved',
  postponed: 'moved',
  cancelled: 'cancelled',
  soon: 'soon',
  closed: 'notice',
  reopened: 'notice',
  ended: 'notice',
  text: 'notice',
};

/** A message without what depends on the device it goes to. */
type Told = Omit<PushMessage, 'language' | 'board' | 'boardName' | 'zone'>;

/** What one person is told. */
export interface News {
  readonly person: string;
  readonly told: Told;
}

const ofNotice = (board: Board, notice: NoticeRecord): News[] => {
  const text = notice.text === '' ? {} : { text: notice.text };
  if (notice.gathering === undefined) {
    const people = new Set(board.all('push').map(({ person }) => person));
    return [...people].map((person) => ({ person, told: { kind: 'organiser', ...text } }));
  }
  const key = notice.gathering;
  const gathering = board.gathering(key);
  if (gathering === undefined || gathering.hidden) return [];
  return [...board.seats(key).answers.values()]
    .filter((answer) => answer.person !== notice.by && isConcerned(notice, answer))
    .map(({ person, status }) => {
      const place = notice.place === undefined || (gathering.placeFor === 'going' && status !== 'going') ? {} : { place: notice.place };
      const start = notice.start === undefined ? {} : { start: notice.start };
      return {
        person,
        told: { kind: KIND_OF[notice.kind], notice: notice.kind, gathering: key, title: gathering.title, ...text, ...place, ...start },
      };
    });
};

const ofRsvp = (board: Board, before: RsvpRecord | undefined, after: RsvpRecord): News[] => {
  const gathering = board.gathering(after.gathering);
  const kind =
    after.status === 'released' ? 'released' : after.promotedAt !== undefined && after.status === 'going' ? 'promoted' : undefined;
  if (gathering === undefined || gathering.hidden || kind === undefined || before === undefined || before.status === after.status)
    return [];
  return [{ person: after.person, told: { kind, gathering: after.gathering, title: gathering.title, start: gathering.start } }];
};

/** What a commit tells people who are subscribed – the same as their inbox, and nothing else. `board` is as it is after it. */
export const newsOf = (board: Board, steps: readonly Step[]): News[] =>
  steps.flatMap(({ before, after }) => {
    const record = after as KnownRecord | undefined;
    if (record?.type === 'notice') return before === undefined ? ofNotice(board, record) : [];
    return record?.type === 'rsvp' ? ofRsvp(board, before as RsvpRecord | undefined, record) : [];
  });

/** A message, and the device it is for. */
export interface Push {
  readonly to: PushRecord;
  readonly message: PushMessage;
}

/** The title in the device's language, where the gathering has it. */
const titleOn = (board: Board, { gathering: key }: Told, { language }: PushRecord): Pick<Told, 'title'> => {
  const gathering = key === undefined ? undefined : board.gathering(key);
  return gathering === undefined ? {} : { title: titleFor(gathering, language) };
};

/** To which devices a commit's news go at that time: those whose person wants the kind, and not in their quiet hours. */
export const pushesOf = (board: Board, steps: readonly Step[], now: number): Push[] => {
  const { self } = board;
  if (self === undefined || board.hasNoPush) return [];
  const { slug, name: boardName, zone } = self;
  return newsOf(board, steps).flatMap(({ person, told }) =>
    board.person(person)?.banned === true
      ? []
      : [...board.pushOf(person).values()]
          .filter((to) => to.kinds.includes(told.kind) && !isQuiet(to.quiet, now, zone))
          .map((to) => ({ to, message: { ...told, ...titleOn(board, told, to), board: slug, boardName, zone, language: to.language } })),
  );
};
