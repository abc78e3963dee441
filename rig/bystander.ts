/** Two honest phones on a node that others attack: what the one changes, the other sees. */
import { isDeepStrictEqual } from 'node:util';
import { accepted, gathering, type Attendee, type Deployment, type TestBoard } from './deployment.ts';
import { freshId, guest, withId, type Session } from './http.ts';
import { Phone } from './phone.ts';
import { shown } from './sameness.ts';
import { eventually, pause } from './wait.ts';
import { fuzz, type FuzzReport } from './fuzz.ts';

/** What became of an attack. */
export interface Aftermath extends FuzzReport {
  /** Changes that the bystander saw meanwhile. */
  readonly changes: number;
  /** What went wrong, in words; empty when nothing did. */
  readonly wrong: readonly string[];
  /** Resident memory of the node before and after, in MB: for people to look at. */
  readonly memory: readonly [before: number, after: number];
}

const metric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
};
const residentMb = async (url: string): Promise<number> => Math.round((await metric(url, 'process_resident_memory_bytes')) / 2 ** 20);

/** Between two changes of the host: as often as a busy host, and well below what one person may send. */
const BEAT_MS = 250;

/** Goes on changing a gathering until told to stop; gives the rev of the last change. */
const hosting = (host: Attendee, id: string): (() => Promise<number>) => {
  let going = true;
  const work = async (): Promise<number> => {
    for (let turn = 1; ; turn += 1) {
      const { rev } = accepted(await host.phone.insist(withId({ type: 'editGathering', gathering: id, title: `Turn ${turn}` })));
      if (!going) return rev;
      await pause(BEAT_MS);
    }
  };
  const last = work();
  return () => {
    going = false;
    return last;
  };
};

/** Attacks the first node and says what became of those who were there. */
export const attacked = async (
  deployment: Deployment,
  board: TestBoard,
  attack: { readonly seed: number; readonly frames: number; readonly onProgress?: (thrown: number) => void },
): Promise<Aftermath> => {
  const node = deployment.nodes[0];
  if (node === undefined) throw new Error('no node to attack');
  const { url, pid } = node;
  const host = await deployment.attendee(board, 'Hana');
  const bystander = await deployment.attendee(board, 'Bo');
  const id = freshId();
  accepted(await host.phone.command(withId(gathering(id))));
  const sessions: Session[] = [];
  for (let count = 0; count < 16; count += 1) sessions.push(await guest(url));
  const before = await residentMb(url);

  const stopHosting = hosting(host, id);
  const report = await fuzz({ url, board: board.slug, sessions, ...attack });
  const last = await stopHosting();

  const wrong: string[] = [];
  const expect = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
    await eventually(what, holds, 60_000).catch(() => wrong.push(what));
  };
  await expect('the node runs on', () => node.running && node.pid === pid);
  if (!node.running) return { ...report, changes: bystander.phone.changes, wrong: [...wrong, ...node.log.slice(-5)], memory: [before, 0] };
  await expect('the bystander stays connected', () => bystander.phone.connected && bystander.phone.startedOver <= 1);
  await expect('the bystander sees the last change', () => Number(bystander.phone.cursor?.split('.')[0]) >= last);
  await expect('the attackers have gone', async () => (await metric(url, 'huddle_sockets')) === 2);
  const fresh = await Phone.join({ url, board: board.slug });
  await expect('the bystander shows what a fresh phone shows', () =>
    isDeepStrictEqual(shown(bystander.phone, ['public']), shown(fresh, ['public'])),
  );
  // Pino's levels: 50 is an error. A stranger's frame is never one.
  wrong.push(...node.log.filter((line) => /"level":[56]0/.test(line)));
  const after = await residentMb(url);
  for (const phone of [fresh, bystander.phone, host.phone]) phone.drop();
  return { ...report, changes: bystander.phone.changes, wrong, memory: [before, after] };
};
