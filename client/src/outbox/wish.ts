/** What waits in the outbox, as its person sees it: what it is about, what it wishes, and what became of it. */
import type { CommandInput, CommandType } from '@huddle/shared/protocol.ts';
import type { SeatResult } from '@huddle/shared/rsvp.ts';
import { timeRange } from '../gathering/times.ts';
import type { LiveBoardApi, Pending } from '../live/api.ts';
import type { Outcome } from '../live/box.ts';
import type { Catalogue } from '../text/en.ts';
import type { Pages } from '../text/en-pages.ts';

/** A command of one kind. */
export type WishOf<T extends CommandType> = Extract<CommandInput, { type: T }>;

/** A wish that is taken up again in its form: what the form opens with, and what it does with it in the end. */
export interface TakenUp<T extends CommandType> {
  readonly command: WishOf<T>;
  readonly change: (command: WishOf<T>) => Promise<void>;
}

/** What the page does by itself: nobody waits for it. */
export const isQuiet = ({ type }: CommandInput): boolean => type === 'markRead';

/** What waits to be sent and is spoken of, in its order. */
export const waitingIn = ({ pending }: Pick<LiveBoardApi, 'pending'>): readonly Pending[] =>
  pending.filter(({ command, state }) => state.kind === 'waiting' && !isQuiet(command));

/** Which gathering a command is about, and what it is called as far as this phone knows. */
export const aboutOf = (
  live: Pick<LiveBoardApi, 'view' | 'pending'>,
  command: CommandInput,
): { readonly gathering: string; readonly title: string } | undefined => {
  if (!('gathering' in command) || typeof command.gathering !== 'string') return undefined;
  const { gathering } = command;
  const wishes = [command, ...live.pending.map((pending) => pending.command)];
  const post = wishes.find((one): one is WishOf<'postGathering'> => one.type === 'postGathering' && one.gathering === gathering);
  const card = live.view('card', gathering);
  return { gathering, title: card?.title ?? live.view('hosting', gathering)?.title ?? post?.title ?? '' };
};

/** What is changed in the form it was made with: `WishForm.svelte` has it, or the page to post from. */
const FORMS: ReadonlySet<CommandType> = new Set<CommandType>(['postGathering', 'setName', 'announce']);
/** The same, of a gathering that has to be known here. */
const FORMS_OF_A_GATHERING: ReadonlySet<CommandType> = new Set<CommandType>([
  ...(['editGathering', 'moveGathering', 'postponeGathering', 'cancelGathering', 'sendNotice', 'reportGathering'] as const),
]);

/** Whether a wish can be changed, and not only taken back. */
export const hasForm = (live: Pick<LiveBoardApi, 'view' | 'pending'>, command: CommandInput): boolean =>
  FORMS.has(command.type) ||
  (FORMS_OF_A_GATHERING.has(command.type) && live.view('card', aboutOf(live, command)?.gathering ?? '') !== undefined);

export interface Says {
  readonly t: Catalogue & Pages;
  readonly zone: string;
  /** As `Intl` is asked for it. */
  readonly language: string;
}

/** A wish in words: the button that made it, and what was written with it. */
export interface WishWords {
  readonly what: string;
  readonly line?: string | undefined;
}

type Wording = { readonly [T in CommandType]?: (command: WishOf<T>, says: Says) => WishWords };

const WORDING: Wording = {
  postGathering: ({ start, end }, { t, zone, language }) => ({ what: t.post.title, line: timeRange(start, end, zone, language) }),
  editGathering: (_, { t }) => ({ what: t.gathering.edit }),
  moveGathering: ({ place }, { t }) => ({ what: t.gathering.move, line: place }),
  postponeGathering: ({ start, end }, { t, zone, language }) => ({
    what: t.gathering.postpone,
    line: timeRange(start, end, zone, language),
  }),
  closeDoor: ({ closed }, { t }) => ({ what: closed ? t.gathering.closeDoor : t.gathering.openDoor }),
  endGathering: (_, { t }) => ({ what: t.gathering.end }),
  cancelGathering: ({ text }, { t }) => ({ what: t.gathering.cancel, line: text }),
  sendNotice: ({ text }, { t }) => ({ what: t.gathering.tell, line: text }),
  reportGathering: ({ reason, text }, { t }) => ({ what: t.gathering.report, line: text === '' ? t.gathering.reasons[reason] : text }),
  shareHosting: (_, { t }) => ({ what: t.gathering.share }),
  acceptHosting: (_, { t }) => ({ what: t.gathering.accept }),
  takeSeat: ({ party = 1 }, { t }) => ({ what: party > 1 ? t.rsvp.takeSeats(party) : t.rsvp.takeSeat }),
  giveBackSeat: (_, { t }) => ({ what: t.rsvp.giveBack }),
  sayArrival: ({ arrival }, { t }) => ({ what: t.arrival.say[arrival] }),
  markHere: (_, { t }) => ({ what: t.gathering.guestList }),
  removeGuest: (_, { t }) => ({ what: t.gathering.remove }),
  setName: ({ name }, { t }) => ({ what: t.person.name, line: name }),
  linkPlan: (_, { t }) => ({ what: t.plan.makeLink }),
  unlinkPlan: (_, { t }) => ({ what: t.plan.voidLink }),
  subscribePush: (_, { t }) => ({ what: t.told.title }),
  unsubscribePush: (_, { t }) => ({ what: t.told.title }),
  announce: ({ text }, { t }) => ({ what: t.organiser.sections.announce, line: text }),
};

/** What a command wishes; what only organisers wish, and rarely, is called by their page. */
export const wishWords = (command: CommandInput, says: Says): WishWords => {
  const word = WORDING[command.type] as ((command: CommandInput, says: Says) => WishWords) | undefined;
  return word?.(command, says) ?? { what: says.t.board.organise };
};

/** What became of a command, in a sentence; a place on the waitlist as it is now. */
export const outcomeText = (live: Pick<LiveBoardApi, 'view'>, command: CommandInput, ack: Outcome, t: Says['t']): string => {
  if (!ack.ok) return t.refusal[ack.code];
  if (command.type === 'giveBackSeat') return t.rsvp.givenBack;
  if (command.type !== 'takeSeat') return t.ui.done;
  const { status, position } = live.view('my-rsvp', command.gathering) ?? (ack.result as SeatResult | undefined) ?? {};
  if (status === 'waitlisted') return position === undefined ? t.standing.waitlisted : t.standing.position(position);
  return status === 'going' ? t.standing.going : t.ui.done;
};

/** Whether the same may fare better a second time: what was refused passes, or never reached the board. */
export const isWorthAgain = (ack: Outcome): boolean =>
  !ack.ok && ['expired', 'tooMany', 'retry', 'internal', 'sessionNeeded', 'codeNeeded', 'codeWrong'].includes(ack.code);
