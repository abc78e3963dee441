/** R3: the same command again and again, over both nodes, before and after a restart. */
import { accepted, gathering, type Attendee } from '../deployment.ts';
import { freshId, withId } from '../http.ts';
import { Phone } from '../phone.ts';
import { seeded } from '../random.ts';
import { check } from './checker.ts';
import { sound, type Finding } from './finding.ts';
import { History } from './history.ts';
import { Stage } from './stage.ts';

/** @param people each sends one command, up to `most` times on either side of the restart */
export const sameCommandAgain = async (seed: number, people = 20, most = 50): Promise<Finding[]> => {
  const random = seeded(seed);
  const stage = await Stage.overRedis();
  try {
    const { deployment, board } = stage;
    const host = await deployment.organiser(board, 'Hana');
    const id = freshId();
    accepted(await host.phone.insist(withId(gathering(id, { capacity: people / 2 }))));
    const history = new History();
    const reused: string[] = [];
    const phonesOf = ({ session }: Attendee): Promise<Phone[]> =>
      Promise.all(stage.urls.map((url) => Phone.join({ url, board: board.slug, session, capture: false })));
    const crowd = await Promise.all(
      Array.from({ length: people }, async (_, index) => {
        const person = await deployment.attendee(board, `Guest ${String(index)}`, index);
        return { person, told: history.begin(person.id, withId({ type: 'takeSeat', gathering: id })), times: 1 + random.int(most) };
      }),
    );
    const sendAll = async (): Promise<void> => {
      await Promise.all(
        crowd.map(async ({ person, told, times }) => {
          const phones = await phonesOf(person);
          // As many at once as one person may send (X6): the rest waits its turn.
          for (let sent = 0; sent < times; sent += 10) {
            const turns = Array.from({ length: Math.min(10, times - sent) }, () => random.pick(phones).insist(told.command));
            for (const ack of await Promise.all(turns)) told.attempts.push({ invoked: 0, ended: 0, ack });
          }
          const other = await random.pick(phones).insist({ ...told.command, type: 'takeSeat', gathering: id, party: 2 });
          if (other.ok || other.code !== 'idReused')
            reused.push(`R3: another body under the same id was answered ${JSON.stringify(other)}`);
          for (const phone of phones) phone.drop();
        }),
      );
    };
    await sendAll();
    for (const node of stage.nodes) {
      await node.kill();
      await node.restart();
    }
    await stage.redis?.kill();
    await stage.redis?.start();
    for (const node of stage.nodes) await node.ready();
    await sendAll();
    const sent = history.told.reduce((sum, { attempts }) => sum + attempts.length, 0);
    const problems = check({ told: history.told, commits: stage.commits(), stored: await stage.stored(), phones: [], now: Date.now() });
    return [
      sound(
        'R3',
        'one command sent again over two nodes, before and after everything is killed',
        `${String(people)} commands sent ${String(sent)} times`,
        [...reused, ...problems],
      ),
    ];
  } finally {
    await stage.stop();
  }
};
