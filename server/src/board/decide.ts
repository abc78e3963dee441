/** The table of rules, and the one door to them (B1, B6). A command without a rule does not compile. */
import type { Command, CommandOf, CommandType } from '@huddle/shared/protocol.ts';
import type { Board } from './board.ts';
import { ensureSecret, listBoard } from './deployment.ts';
import { deletePerson, endDeletion, forgetPerson } from './forget.ts';
import { cancelGathering, closeDoor, editGathering, endGathering, moveGathering, postGathering, postponeGathering } from './gathering.ts';
import { acceptHosting, expireHostLink, shareHosting } from './hosting.ts';
import { importGatherings } from './import.ts';
import { codeRefusal, joinBoard, setJoinCode } from './join.ts';
import { banPerson, dismissReports, hideGathering, reportGathering } from './moderation.ts';
import { expireMove, openMove, takeMove } from './move.ts';
import { announce, remindGuests, sendNotice, surplusNotices, withdrawAnnouncement } from './notice.ts';
import { addPasskey, removePasskey, usePasskey } from './passkey.ts';
import { becomeOrganiser, markRead, setName } from './person.ts';
import { putPlace, removePlace } from './place.ts';
import { linkPlan, unlinkPlan } from './plan.ts';
import { dropPush, subscribePush, unsubscribePush } from './push.ts';
import { type Case, type Context, type Decision, type Rule, refuse, stranger } from './rule.ts';
import { markHere, sayArrival } from './arrival.ts';
import { releaseSeats } from './release.ts';
import { giveBackSeat, removeGuest, takeSeat } from './rsvp.ts';
import { createBoard, editBoard } from './self.ts';
import { endSessions, expireEpoch } from './session.ts';

/** Every rule there is; the matrix of who may do what is read off it (X2). */
export const RULES: { readonly [T in CommandType]: Rule<T> } = {
  createBoard,
  editBoard,
  setJoinCode,
  joinBoard,
  putPlace,
  removePlace,
  setName,
  markRead,
  becomeOrganiser,
  banPerson,
  postGathering,
  editGathering,
  moveGathering,
  postponeGathering,
  closeDoor,
  endGathering,
  cancelGathering,
  shareHosting,
  acceptHosting,
  expireHostLink,
  hideGathering,
  reportGathering,
  dismissReports,
  importGatherings,
  takeSeat,
  giveBackSeat,
  removeGuest,
  sayArrival,
  markHere,
  releaseSeats,
  sendNotice,
  remindGuests,
  announce,
  withdrawAnnouncement,
  linkPlan,
  unlinkPlan,
  subscribePush,
  unsubscribePush,
  dropPush,
  listBoard,
  ensureSecret,
  endSessions,
  expireEpoch,
  openMove,
  takeMove,
  expireMove,
  addPasskey,
  usePasskey,
  removePasskey,
  deletePerson,
  forgetPerson,
  endDeletion,
};

/** Commands that may come before the board exists, or are about the deployment. */
const NEEDS_NO_BOARD: ReadonlySet<CommandType> = new Set<CommandType>([
  ...(['createBoard', 'listBoard', 'ensureSecret', 'endSessions', 'expireEpoch', 'deletePerson', 'endDeletion'] as const),
  ...(['openMove', 'takeMove', 'expireMove', 'addPasskey', 'usePasskey', 'removePasskey'] as const),
]);

const caseOf = (board: Board, context: Context): Case => {
  const by = context.actor.kind === 'person' ? context.actor.id : '';
  const person = board.person(by) ?? stranger(by);
  const organises = context.actor.kind === 'admin' || (person.organiser && !person.banned);
  // Each field by name: for every command there is, a spread costs as much as the rule itself.
  return { actor: context.actor, now: context.now, id: context.id, by, person, organises };
};

/** Whether this is a person, and if not, why that matters. */
const personRefusal = ({ actor }: Case): ReturnType<typeof refuse> | undefined =>
  actor.kind === 'person' ? undefined : refuse('forbidden', { message: 'only a person can do this' });

const ADMITS: { readonly [W in Exclude<Rule<CommandType>['who'], 'host'>]: (given: Case) => ReturnType<typeof refuse> | undefined } = {
  guest: personRefusal,
  named: (given) => personRefusal(given) ?? (given.person.name === '' ? refuse('nameNeeded') : undefined),
  organiser: (given) => (given.organises ? undefined : refuse('forbidden')),
  // The node itself may do what its administrator may.
  admin: ({ actor }) => (actor.kind === 'person' ? refuse('forbidden') : undefined),
  system: ({ actor }) => (actor.kind === 'system' ? undefined : refuse('forbidden')),
};

const decideAs = <T extends CommandType>(rule: Rule<T>, board: Board, command: CommandOf<T>, given: Case): Decision => {
  if (given.person.banned) return refuse('banned');
  if (rule.who !== 'host') return ADMITS[rule.who](given) ?? codeRefusal(board, command.type, given) ?? rule.decide(board, command, given);
  const key = 'gathering' in command && typeof command.gathering === 'string' ? command.gathering : '';
  const gathering = board.gathering(key);
  const hosts = board.hostsOf(key).has(given.by);
  if (gathering === undefined || (gathering.hidden && !hosts && !given.organises)) return refuse('notFound', { field: 'gathering' });
  if (!hosts && !given.organises) return refuse('forbidden');
  return codeRefusal(board, command.type, given) ?? rule.decide(board, command, { ...given, key, gathering });
};

/**
 * What a command does to the board as it is, or why nothing. Time, person and ids come in as data; the board is not touched (B1).
 */
export const decide = (board: Board, command: Command, context: Context): Decision => {
  if (board.self === undefined && !NEEDS_NO_BOARD.has(command.type)) return refuse('notFound', { field: 'board' });
  // A notice has the id of its command, and everybody sees it: nobody may write over it by sending a command of that id.
  if (board.get('notice', context.id) !== undefined) return refuse('idTaken', { field: 'id' });
  const decision = decideAs(RULES[command.type] as Rule<CommandType>, board, command, caseOf(board, context));
  if ('refusal' in decision) return decision;
  const surplus = surplusNotices(board, decision);
  return surplus.length === 0 ? decision : { ...decision, gone: [...(decision.gone ?? []), ...surplus] };
};
