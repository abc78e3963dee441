/** X5: every text that every phone ever received, searched for what it must not hold. */
import { createHash, randomBytes } from 'node:crypto';
import { idFrom } from '@huddle/shared/ids.ts';
import type { Audience, CommandInput } from '@huddle/shared/protocol.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, gathering, type Attendee, type TestBoard } from './deployment.ts';
import { freshId, withId, type Session } from './http.ts';
import { Phone } from './phone.ts';

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.overRedis(2);
  board = await deployment.board();
});
afterAll(() => deployment.stop());

/** What the HTTP side tells, to somebody with this session or to a stranger. */
const pages = async (paths: readonly string[], session?: Session): Promise<string[]> => {
  const headers: Record<string, string> = session === undefined ? {} : { cookie: session.cookie };
  return Promise.all(
    paths.flatMap((path) => [0, 1].map(async (node) => (await fetch(`${deployment.url(node)}${path}`, { headers })).text())),
  );
};

test('X5: nobody is sent what is not for them, live, resumed, opened or over HTTP', async () => {
  const attendee = (name: string, node: number) => deployment.attendee(board, name, node);
  const [host, going, discreet, waiting, stranger, reporter, organiser] = await Promise.all([
    attendee('Hosting-Hana', 0),
    attendee('Going-Gus', 1),
    attendee('Discreet-Dan', 0),
    attendee('Waiting-Wilma', 0),
    attendee('Stranger-Stan', 1),
    attendee('Reporting-Rita', 0),
    deployment.organiser(board, 'Organising-Olga', 1),
  ]);
  const watcher = await Phone.join({ url: deployment.url(0), board: board.slug });
  /** Opens no page at all. */
  const passer = await Phone.join({ url: deployment.url(1), board: board.slug });
  const people: Readonly<Record<string, Attendee>> = { host, going, discreet, waiting, stranger, reporter, organiser };
  const phones: Readonly<Record<string, Phone>> = {
    watcher,
    ...Object.fromEntries(Object.entries(people).map(([role, { phone }]) => [role, phone])),
  };
  const id = freshId();
  const hiddenId = freshId();
  const token = idFrom(randomBytes(22));
  const does = async (who: Attendee, command: CommandInput) => accepted(await who.phone.insist(withId(command)));

  await does(
    host,
    gathering(id, { place: 'Secret-Rooftop', address: 'Secret-Street 1', placeFor: 'going', capacity: 2, description: 'Page-Text' }),
  );
  await does(host, gathering(hiddenId, { title: 'Hidden-Title', place: 'Hidden-Place', description: 'Hidden-Text' }));
  await does(going, { type: 'takeSeat', gathering: id });
  const moving = await fetch(`${deployment.url(0)}/api/me/move`, {
    method: 'POST',
    headers: { origin: deployment.url(0), cookie: host.session.cookie },
  });
  const { token: moveToken } = (await moving.json()) as { token: string };
  await does(discreet, { type: 'takeSeat', gathering: id, discreet: true });
  await does(waiting, { type: 'takeSeat', gathering: id });
  const audiences: readonly Audience[] = [
    'organiser',
    `gathering/${id}`,
    `host/${id}`,
    ...Object.values(people).map(({ id: person }) => `person/${person}` as const),
  ];
  const opened: Record<string, Audience[]> = {};
  for (const [role, phone] of Object.entries(phones)) {
    for (const audience of audiences) if ((await phone.open(audience)).ok) (opened[role] ??= []).push(audience);
  }
  await does(host, { type: 'moveGathering', gathering: id, place: 'Secret-Cellar', address: 'Secret-Street 2' });
  await does(host, { type: 'shareHosting', gathering: id, token, handOver: false });
  await does(reporter, { type: 'reportGathering', gathering: hiddenId, reason: 'spam', text: 'Report-Text' });
  const hidden = await does(organiser, { type: 'hideGathering', gathering: hiddenId, hidden: true });
  // What was sent before may still be on its way: "after" begins for a phone with the frame that hid it.
  for (const phone of Object.values(phones)) await phone.until((other) => Number(other.cursor?.split('.')[0]) >= hidden.rev);
  const beforeHiding = Object.fromEntries(Object.entries(phones).map(([role, phone]) => [role, phone.frames.length]));
  await does(host, { type: 'editGathering', gathering: hiddenId, title: 'Hidden-Later', description: 'Hidden-Words' });
  for (const phone of Object.values(phones)) {
    phone.drop();
    await phone.closed;
    await phone.connect(deployment.url(0));
    await phone.resume();
    await phone.open(`gathering/${hiddenId}`);
  }
  await does(host, { type: 'sendNotice', gathering: id, to: 'concerned', text: 'Line-To-Concerned' });
  const last = accepted(await host.phone.insist(withId({ type: 'editGathering', gathering: id, title: 'The very last' })));
  for (const phone of Object.values(phones)) await phone.until((other) => Number(other.cursor?.split('.')[0]) >= last.rev);

  // Who may open what.
  for (const [role, { id: person }] of Object.entries(people)) {
    expect(opened[role], role).toContain(`gathering/${id}`);
    expect(opened[role]?.includes(`host/${id}`), `${role} opens the guest list`).toBe(role === 'host' || role === 'organiser');
    expect(opened[role]?.includes('organiser'), `${role} opens the organiser's views`).toBe(role === 'organiser');
    const others = opened[role]?.filter((audience) => audience.startsWith('person/') && audience !== `person/${person}`);
    expect(others, `${role} opens somebody else's`).toEqual([]);
  }
  expect(opened['watcher']).toEqual([`gathering/${id}`]);

  // Who has been told what.
  const gatheringPages = [id, hiddenId].flatMap((key) => [
    `/api/boards/${board.slug}/gatherings/${key}`,
    `/b/${board.slug}/g/${key}`,
    `/b/${board.slug}/g/${key}.ics`,
  ]);
  const paths = [`/api/boards/${board.slug}`, `/b/${board.slug}.ics`, `/b/${board.slug}`, '/', '/metrics', '/healthz', ...gatheringPages];
  const received = Object.fromEntries(
    await Promise.all(
      Object.entries(phones).map(
        async ([role, phone]) => [role, [...phone.frames, ...(await pages(paths, people[role]?.session))]] as const,
      ),
    ),
  );
  const everybody = Object.keys(phones);
  const mac = (session: Session): string => session.cookie.split('.').at(-1) ?? session.cookie;
  const known: readonly (readonly [what: string, secret: string, mayKnow: readonly string[]])[] = [
    ['a place for those going', 'Secret-Rooftop', ['host', 'going', 'discreet']],
    ['a new place for those going', 'Secret-Cellar', ['host', 'going', 'discreet']],
    ['an address for those going', 'Secret-Street', ['host', 'going', 'discreet']],
    ['a discreet name', 'Discreet-Dan', ['discreet', 'host', 'organiser']],
    ["a discreet guest's person id", discreet.id, ['discreet', 'host', 'organiser']],
    ['a name on the guest list', 'Waiting-Wilma', ['waiting', 'host', 'organiser']],
    ['a report', 'Report-Text', ['organiser']],
    ["a reporter's name", 'Reporting-Rita', ['reporter', 'organiser']],
    ['a name of nobody in particular', 'Stranger-Stan', ['stranger']],
    ["an organiser's name", 'Organising-Olga', ['organiser']],
    ['what a hidden gathering became', 'Hidden-Later', ['host', 'organiser']],
    ['the words of a hidden gathering', 'Hidden-Words', ['host', 'organiser']],
    ['the token of a link to host', token, []],
    ['the token of a link to another phone', moveToken, []],
    ['its hash', createHash('sha256').update(moveToken).digest('base64url'), []],
    ["the organiser's key", board.organiserKey, []],
    ["the deployment's token", deployment.adminToken, []],
    ...Object.entries(people).map(([role, { session }]) => [`${role}'s session`, mac(session), []] as const),
    ["the host's person id", host.id, ['host', 'organiser']],
    ["a guest's person id", going.id, ['going', 'host', 'organiser']],
    ["a waiting person's id", waiting.id, ['waiting', 'host', 'organiser']],
    ["a stranger's person id", stranger.id, ['stranger']],
    ["a reporter's person id", reporter.id, ['reporter']],
    ["the organiser's person id", organiser.id, ['organiser']],
    ['what is public', 'The very last', everybody],
  ];
  for (const [what, secret, mayKnow] of known) {
    const knows = everybody.filter((role) => received[role]?.some((text) => text.includes(secret)));
    expect(
      knows.filter((role) => !mayKnow.includes(role)),
      `${what} reached`,
    ).toEqual([]);
  }
  await passer.until((phone) => Number(phone.cursor?.split('.')[0]) >= last.rev);
  expect(passer.frames.filter((text) => /Going-Gus|Page-Text/.test(text))).toEqual([]);
  // The scan finds what is there.
  expect(everybody.filter((role) => received[role]?.some((text) => text.includes('The very last')))).toEqual(everybody);
  expect(received['going']?.some((text) => text.includes('Secret-Cellar'))).toBe(true);
  expect(received['host']?.some((text) => text.includes('Waiting-Wilma'))).toBe(true);
  // After it was hidden, its first words go nowhere either.
  for (const role of ['watcher', 'stranger', 'going', 'waiting', 'reporter']) {
    expect(
      phones[role]?.frames.slice(beforeHiding[role]).filter((text) => text.includes('Hidden-T')),
      `${role} after hiding`,
    ).toEqual([]);
  }
});
