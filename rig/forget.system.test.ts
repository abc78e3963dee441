/** Whoever deletes themselves is gone from every phone, page and list, on every node. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, gathering, type TestBoard } from './deployment.ts';
import { freshId, post, withId } from './http.ts';
import { Phone } from './phone.ts';
import { eventually } from './wait.ts';

const NAME = 'Zenobia Quux';
const NUMBER = '+852 5555 0199';

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.overRedis(2);
  board = await deployment.board();
});
afterAll(() => deployment.stop());

const saysNothing = (text: string): boolean => !text.includes(NAME) && !text.includes(NUMBER);
const textOf = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await fetch(`${deployment.url(1)}${path}`, { headers })).text();

test('X8: deleting me ends my sessions, calls off what I alone host, and leaves my name and contacts to no phone, page, calendar or export', async () => {
  const [own, shared, tea] = [freshId(), freshId(), freshId()];
  const zenobia = await deployment.attendee(board, NAME, 0);
  const ben = await deployment.attendee(board, 'Ben', 1);
  const organiser = await deployment.organiser(board, 'Olga', 1);
  const words = { title: `Tea with ${NAME}`, description: `Call ${NUMBER}`, address: NUMBER };
  accepted(await zenobia.phone.command(withId(gathering(own, { ...words, capacity: 5 }))));
  accepted(await zenobia.phone.command(withId(gathering(shared, { title: 'Cake', capacity: 1 }))));
  accepted(await ben.phone.command(withId(gathering(tea, { title: 'Coffee', capacity: 1 }))));
  accepted(await zenobia.phone.command(withId({ type: 'takeSeat', gathering: tea })));
  accepted(await zenobia.phone.command(withId({ type: 'reportGathering', gathering: tea, reason: 'other', text: NUMBER })));
  const token = 'h'.repeat(22);
  accepted(await zenobia.phone.command(withId({ type: 'shareHosting', gathering: shared, token, handOver: false })));
  accepted(await ben.phone.insist(withId({ type: 'acceptHosting', token })));
  for (const wished of [own, tea]) accepted(await ben.phone.insist(withId({ type: 'takeSeat', gathering: wished })));
  await organiser.phone.open('organiser');
  await organiser.phone.open(`host/${tea}`);
  await ben.phone.open(`gathering/${tea}`);
  await ben.phone.open(`gathering/${own}`);
  // Away while it happens.
  const away = await Phone.join({ url: deployment.url(0), board: board.slug });
  await eventually('all of it on the phone', () => away.view(`card/${own}`) && away.view(`card/${shared}`));
  away.drop();
  await eventually('the name on the phones', () => [ben, organiser].every(({ phone }) => phone.view(`card/${shared}`)));

  const headers = { origin: deployment.url(0), cookie: zenobia.session.cookie };
  const answer = await fetch(`${deployment.url(0)}/api/me`, { method: 'DELETE', headers });
  expect([answer.status, answer.headers.getSetCookie()[0]]).toEqual([200, expect.stringMatching(/^huddle_session=;/)]);
  await zenobia.phone.closed;
  expect(zenobia.phone.bye?.code).toBe('signedOut');

  await away.arrive();
  for (const phone of [ben.phone, organiser.phone, away]) {
    await eventually('nothing left on the phone', () =>
      saysNothing(JSON.stringify([...phone.views.values()].map((views) => [...views.values()]))),
    );
    expect(phone.view(`card/${own}`)).toMatchObject({ title: 'Tea with …', cancelled: true, hosts: [] });
    expect(phone.view(`card/${shared}`)).toMatchObject({ hosts: ['Ben'] });
  }
  await eventually(
    'the seat given on',
    () => ben.phone.view(`my-rsvp/${tea}`)?.id && JSON.stringify(ben.phone.view(`my-rsvp/${tea}`)).includes('going'),
  );
  expect(organiser.phone.view(`moderation/${tea}`)).not.toHaveProperty('reports');

  const paths = [`/api/boards/${board.slug}`, `/b/${board.slug}.ics`, `/b/${board.slug}/g/${own}.ics`, `/b/${board.slug}/g/${own}`];
  for (const path of [...paths, `/api/boards/${board.slug}/gatherings/${own}`]) {
    await eventually(`nothing left at ${path}`, async () => saysNothing(await textOf(path)));
  }
  for (const format of ['csv', 'json', 'ics']) {
    expect(saysNothing(await textOf(`/api/boards/${board.slug}/export?format=${format}`, { cookie: organiser.session.cookie }))).toBe(true);
  }
  for (const node of [0, 1]) {
    const refused = await post(deployment.url(node), board.slug, withId({ type: 'setName', name: NAME }), zenobia.session);
    expect(refused).toMatchObject({ ok: false, code: 'signedOut' });
  }
});

test('X1: another site cannot delete anybody, and who is nobody has nothing to delete', async () => {
  const { session, phone } = await deployment.attendee(board, 'Ada', 0);
  const url = `${deployment.url(0)}/api/me`;
  const evil = await fetch(url, { method: 'DELETE', headers: { origin: 'https://evil.example', cookie: session.cookie } });
  expect(evil.status).toBe(403);
  expect(phone.connected).toBe(true);
  const nobody = await fetch(url, { method: 'DELETE', headers: { origin: deployment.url(0) } });
  expect([nobody.status, await nobody.json()]).toMatchObject([401, { code: 'sessionNeeded' }]);
});
