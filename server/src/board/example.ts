/** One command of every type, for tests that ask something of them all. Nothing here is used by the product. */
import type { CommandInput, CommandType } from '@huddle/shared/protocol.ts';
import { MINUTE, NOON, key, person, post } from './scene.ts';

/** The gathering that they are about, a token that makes a co-host of it, and a guest of it. */
export const tea = key('tea');
export const token = 't'.repeat(22);
export const guest = person('gus');
/** The key of a passkey of that guest. */
export const passkey = 'q'.repeat(43);
/** A session of that guest. */
export const phone = { session: key('session'), issued: NOON };
/** The hash of a token by which another phone becomes that guest. */
export const moveHash = 'm'.repeat(43);

/** One command of each type that would be granted to whoever may send it. */
export const EXAMPLES: { readonly [T in CommandType]: Extract<CommandInput, { type: T }> } = {
  createBoard: {
    type: 'createBoard',
    slug: 'other',
    name: 'O',
    zone: 'UTC',
    from: '2026-03-08',
    to: '2026-03-09',
    organiserKey: 'k'.repeat(22),
  },
  editBoard: { type: 'editBoard', name: 'Weekend' },
  setJoinCode: { type: 'setJoinCode', code: 'open sesame' },
  joinBoard: { type: 'joinBoard', code: '' },
  putPlace: { type: 'putPlace', place: key('bar'), name: 'Bar' },
  removePlace: { type: 'removePlace', place: key('hall') },
  setName: { type: 'setName', name: 'Someone' },
  markRead: { type: 'markRead', to: 1 },
  becomeOrganiser: { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' },
  banPerson: { type: 'banPerson', person: guest.id, banned: true },
  postGathering: post('run'),
  editGathering: { type: 'editGathering', gathering: tea, title: 'Green tea' },
  moveGathering: { type: 'moveGathering', gathering: tea, place: 'Roof' },
  postponeGathering: { type: 'postponeGathering', gathering: tea, start: NOON, end: NOON + 90 * MINUTE },
  closeDoor: { type: 'closeDoor', gathering: tea, closed: true },
  endGathering: { type: 'endGathering', gathering: tea },
  cancelGathering: { type: 'cancelGathering', gathering: tea },
  shareHosting: { type: 'shareHosting', gathering: tea, token: 's'.repeat(22), handOver: false },
  acceptHosting: { type: 'acceptHosting', token },
  expireHostLink: { type: 'expireHostLink', token },
  hideGathering: { type: 'hideGathering', gathering: tea, hidden: true },
  reportGathering: { type: 'reportGathering', gathering: tea, reason: 'spam' },
  dismissReports: { type: 'dismissReports', gathering: tea },
  importGatherings: { type: 'importGatherings', gatherings: [] },
  takeSeat: { type: 'takeSeat', gathering: tea },
  giveBackSeat: { type: 'giveBackSeat', gathering: tea },
  removeGuest: { type: 'removeGuest', gathering: tea, person: guest.id },
  sayArrival: { type: 'sayArrival', gathering: tea, arrival: 'here' },
  markHere: { type: 'markHere', gathering: tea, person: guest.id, here: true },
  releaseSeats: { type: 'releaseSeats', gathering: tea },
  remindGuests: { type: 'remindGuests', gathering: tea, start: NOON - MINUTE },
  sendNotice: { type: 'sendNotice', gathering: tea, to: 'going', text: 'Hello' },
  announce: { type: 'announce', text: 'Hello' },
  withdrawAnnouncement: { type: 'withdrawAnnouncement', notice: 'command-7' },
  linkPlan: { type: 'linkPlan', token: 'p'.repeat(22) },
  unlinkPlan: { type: 'unlinkPlan' },
  subscribePush: {
    ...{ type: 'subscribePush', device: key('phone'), endpoint: 'https://push.example.org/1' },
    ...{ p256dh: 'k'.repeat(87), auth: 'a'.repeat(22), kinds: ['soon'], language: 'en' },
  },
  unsubscribePush: { type: 'unsubscribePush', device: key('phone') },
  dropPush: { type: 'dropPush', person: guest.id, device: key('phone'), endpoint: 'https://push.example.org/1' },
  listBoard: { type: 'listBoard', slug: 'week', name: 'Week', from: '2026-03-08', to: '2026-03-09' },
  ensureSecret: { type: 'ensureSecret', name: 'session', value: 'v'.repeat(43) },
  endSessions: { type: 'endSessions', person: guest.id },
  expireEpoch: { type: 'expireEpoch', person: guest.id },
  openMove: { type: 'openMove', person: guest.id, by: phone, hash: 'n'.repeat(43) },
  takeMove: { type: 'takeMove', hash: moveHash },
  expireMove: { type: 'expireMove', hash: moveHash },
  addPasskey: {
    ...{ type: 'addPasskey', person: guest.id, by: phone, key: 'k'.repeat(43) },
    ...{ credential: 'credential', publicKey: 'key', counter: 0, name: 'Phone' },
  },
  usePasskey: { type: 'usePasskey', key: passkey, counter: 1, challenge: 'c'.repeat(43), until: NOON + MINUTE },
  removePasskey: { type: 'removePasskey', person: guest.id, key: passkey },
  deletePerson: { type: 'deletePerson', person: guest.id },
  forgetPerson: { type: 'forgetPerson', person: guest.id },
  endDeletion: { type: 'endDeletion', person: guest.id },
};
