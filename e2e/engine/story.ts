/** U4: the main story on one engine – open, post, seat, waitlist, moved, offline, back – with everybody else on the bare wire. */
import { accepted, gathering, HOUR, type Attendee, type Deployment } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { Proxy } from '@huddle/rig/proxy.ts';
import { eventually } from '@huddle/rig/wait.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { WORDS } from '../model/words.ts';
import { Screen, type Driver } from './screen.ts';

const words = WORDS.en;
const SEAT = '[role=complementary] [role=status], aside [role=status]';

const does = async ({ phone }: Attendee, command: CommandInput): Promise<void> => void accepted(await phone.insist(withId(command)));

const posted = async (host: Attendee, title: string, capacity: number): Promise<string> => {
  const id = freshId();
  await does(host, gathering(id, { title, capacity, start: Date.now() + HOUR / 2, end: Date.now() + HOUR }));
  return id;
};

/** @param deployment two nodes: the browser is on the first, the others on the second */
export const mainStory = async (deployment: Deployment, driver: Driver): Promise<void> => {
  const board = await deployment.board();
  const host = await deployment.attendee(board, 'Hana', 1);
  const other = await deployment.attendee(board, 'Kei', 1);
  await posted(host, 'Demo hour', 8);
  const table = await posted(host, 'Pairing table', 1);
  await does(other, { type: 'takeSeat', gathering: table });
  const proxy = await Proxy.before(Number(new URL(deployment.url(0)).port));
  const screen = new Screen(driver);
  try {
    // Open.
    await screen.open(`${proxy.url}/b/${board.slug}`);
    await screen.sees('a[data-id]', 'Demo hour');
    await screen.sees('[role=status]', words.board.live);

    // Post.
    await screen.press('a', words.board.postLong);
    await screen.write('main textarea', 'Rust corner at booth 4 in 20 min for 6');
    await screen.press('button[type=submit]', words.post.send);
    await screen.write('dialog input', 'Ada');
    await screen.press('dialog button[type=submit]', words.person.nameSend);
    await screen.sees('main h1', 'Rust corner');
    await eventually('the other node has it', () =>
      [...other.phone.audience('public').values()].some((view) => 'title' in view && view.title === 'Rust corner'),
    );
    await screen.press('button', words.ui.back);

    // A seat.
    await screen.press('a[data-id]', 'Demo hour');
    await screen.press('button', words.rsvp.takeSeat);
    await screen.sees(SEAT, words.standing.going);
    await screen.press('button', words.ui.back);

    // In line, and in as soon as a seat is given back.
    await screen.press('a[data-id]', 'Pairing table');
    await screen.press('button', words.rsvp.joinWaitlist);
    await screen.sees(SEAT, words.standing.position(1));
    await does(other, { type: 'giveBackSeat', gathering: table });
    await screen.sees(SEAT, words.rsvp.promoted);

    // Moved.
    await does(host, { type: 'moveGathering', gathering: table, place: 'Rooftop' });
    await screen.sees('main', words.notice.moved('Rooftop'));

    // Offline: what is wanted waits.
    proxy.refuse = true;
    proxy.cut();
    await screen.press('button', words.rsvp.giveBack);
    await screen.sees(SEAT, words.rsvp.waitsForNetwork);

    // Back: it is done, and the list is where it was.
    proxy.refuse = false;
    await screen.press('button', words.rsvp.takeSeat);
    await screen.sees(SEAT, words.standing.going);
    await screen.back();
    await screen.sees('a[data-id]', 'Rust corner');
    await screen.sees('[role=status]', words.board.live);
  } finally {
    await proxy.close();
    for (const { phone } of [host, other]) phone.drop();
  }
};
