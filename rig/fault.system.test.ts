/** R1, R2, R3: what was acknowledged is never lost and nobody is overbooked, whatever is killed. */
import type { SeatsView } from '@huddle/shared/gathering.ts';
import type { Ack, SentCommand } from '@huddle/shared/protocol.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accepted, Deployment, gathering, type Attendee, type TestBoard } from './deployment.ts';
import { freshId, withId } from './http.ts';
import { Phone } from './phone.ts';
import { seeded, seedOfThisRun, type Random } from './random.ts';
import { settled } from './sameness.ts';
import { eventually, pause } from './wait.ts';

const PEOPLE = 50;
const COMMANDS_EACH = 40;
const CAPACITIES = [1, 3, 10, 20];

let deployment: Deployment;
let board: TestBoard;
let random: Random;
let people: readonly Attendee[];
/** Capacity by gathering. */
let capacities: ReadonlyMap<string, number>;

beforeEach(async () => {
  random = seeded(seedOfThisRun('faults'));
  deployment = await Deployment.overRedis(2);
  board = await deployment.board();
  const host = await deployment.organiser(board, 'Hana');
  const ids = CAPACITIES.map((capacity) => [freshId(), capacity] as const);
  for (const [id, capacity] of ids) accepted(await host.phone.insist(withId(gathering(id, { capacity, partyMax: 2 }))));
  capacities = new Map(ids);
  people = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => deployment.attendee(board, `Guest ${index}`, index)));
});
afterEach(() => deployment.stop());

const urls = (): string[] => deployment.nodes.map((node) => node.url);

/** Comes back, on either node, until told to leave. */
const stayOn = (phone: Phone): (() => void) => {
  let leaving = false;
  const staying = async (): Promise<void> => {
    for (;;) {
      await phone.closed;
      if (leaving) return;
      await phone.arrive(random.chance(0.5) ? urls() : urls().reverse(), 60_000);
    }
  };
  staying().catch(() => undefined);
  return () => {
    leaving = true;
    phone.drop();
  };
};

/** Everybody sends their commands, one after the other, until each has an outcome. */
const storm = async (
  answers: Map<SentCommand, { by: Attendee; ack: Ack }>,
  faults: readonly { after: number; fault: () => Promise<void> }[],
) => {
  const overbooked: SeatsView[] = [];
  const leave = people.map(({ phone }) => stayOn(phone));
  for (const { phone } of people) {
    phone.onChange = ({ put }) => {
      for (const view of put) {
        if (!view.id.startsWith('seats/')) continue;
        const seats = view as SeatsView;
        if (seats.taken > (capacities.get(seats.id.slice('seats/'.length)) ?? Infinity)) overbooked.push(seats);
      }
    };
  }
  const ids = [...capacities.keys()];
  const sending = people.map(async (by) => {
    for (let turn = 0; turn < COMMANDS_EACH; turn += 1) {
      // At the end everybody wants a seat everywhere, so that every gathering must be exactly full.
      const last = turn >= COMMANDS_EACH - ids.length;
      const id = last ? ids[COMMANDS_EACH - 1 - turn]! : random.pick(ids);
      const command: SentCommand = withId(
        last || random.chance(0.6)
          ? { type: 'takeSeat', gathering: id, party: last ? 1 : 1 + random.int(Math.min(2, capacities.get(id) ?? 1)) }
          : { type: 'giveBackSeat', gathering: id },
      );
      answers.set(command, { by, ack: await by.phone.insist(command, 60_000) });
    }
  });
  const trouble = (async () => {
    for (const { after, fault } of faults) {
      await eventually(`${after} answers`, () => answers.size >= after, 60_000);
      await fault();
    }
  })();
  await Promise.all([...sending, trouble]);
  return { overbooked, leave };
};

/** Nothing that was acknowledged is missing, seats are exactly full, and every phone shows what the store holds. */
const expectNothingLost = async (
  answers: ReadonlyMap<SentCommand, { by: Attendee; ack: Ack }>,
  { overbooked, leave }: Awaited<ReturnType<typeof storm>>,
): Promise<void> => {
  expect(overbooked).toEqual([]);
  expect(answers.size).toBe(PEOPLE * COMMANDS_EACH);
  // Refusals leave no receipt (B7), so only what took effect is asked for again.
  const effects = [...answers].filter(([, { ack }]) => ack.ok);
  expect(effects.length).toBeGreaterThan(PEOPLE * COMMANDS_EACH * 0.7);
  const changedTheirMind: unknown[] = [];
  await Promise.all(
    people.map(async (person) => {
      for (const [command, { by, ack }] of effects) {
        if (by !== person) continue;
        const again = await person.phone.insist(command, 60_000);
        if (JSON.stringify(again) !== JSON.stringify(ack)) changedTheirMind.push({ command, ack, again });
      }
    }),
  );
  expect(changedTheirMind).toEqual([]);

  const watcher = await Phone.join({ url: deployment.url(1), board: board.slug });
  for (const [id, capacity] of capacities) expect(watcher.view(`seats/${id}`), `capacity ${capacity}`).toMatchObject({ taken: capacity });
  for (const { phone, session } of people) {
    const [mine, theirs] = await settled(phone, await Phone.join({ url: deployment.url(random.int(2)), board: board.slug, session }));
    expect(mine).toEqual(theirs);
  }
  for (const go of leave) go();
};

describe('2,000 commands of 50 phones over two nodes', () => {
  test('R2: while one node is killed and started again, twice', async () => {
    const answers = new Map<SentCommand, { by: Attendee; ack: Ack }>();
    const fault = async (): Promise<void> => {
      const node = random.pick(deployment.nodes);
      await node.kill();
      await pause(random.int(300));
      await node.restart();
    };
    const outcome = await storm(
      answers,
      [500, 1200].map((after) => ({ after: after + random.int(200), fault })),
    );
    await expectNothingLost(answers, outcome);
  });

  test('R2: while Redis is killed and started again, twice', async () => {
    const answers = new Map<SentCommand, { by: Attendee; ack: Ack }>();
    const fault = async (): Promise<void> => {
      await deployment.redis?.kill();
      await pause(random.int(1500));
      await deployment.redis?.start();
    };
    const outcome = await storm(
      answers,
      [500, 1200].map((after) => ({ after: after + random.int(200), fault })),
    );
    await expectNothingLost(answers, outcome);
  });

  test('R2: while a node is paused for longer than the store waits, and wakes up', async () => {
    const answers = new Map<SentCommand, { by: Attendee; ack: Ack }>();
    const fault = async (): Promise<void> => {
      const node = random.pick(deployment.nodes);
      node.signal('SIGSTOP');
      await pause(1500 + random.int(1500));
      node.signal('SIGCONT');
    };
    const outcome = await storm(
      answers,
      [700].map((after) => ({ after, fault })),
    );
    await expectNothingLost(answers, outcome);
  });
});
