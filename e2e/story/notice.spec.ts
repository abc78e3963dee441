/** What a host changes is seen by those concerned, and unread until they read it. */
import { expect, test } from '../fixtures/story.ts';

test('moved, then called off: those going are told, and it is marked unread until read', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const hosting = await (await host.board.startPosting()).post('zk corner meeting at coffee bar in 30 min for 8');
  await hosting.shown('zk corner meeting');

  const guest = await story.phone({ name: 'Gus', node: 1 });
  const stranger = await story.phone({ name: 'Stan', node: 1 });
  const seat = await guest.board.open('zk corner meeting');
  await seat.takeSeat();
  await expect(seat.seat).toContainText('You are going');
  await seat.back();

  await hosting.move('Rooftop');
  await expect(guest.board.card('zk corner meeting')).toContainText('Rooftop');
  await expect(guest.board.inboxLink).toHaveAccessibleName(/1 unread/);
  await expect(stranger.board.card('zk corner meeting')).toContainText('Rooftop');
  await expect(stranger.board.inboxLink).not.toHaveAccessibleName(/unread/);

  const inbox = await guest.board.openInbox();
  await expect(inbox.about('zk corner meeting')).toContainText('Moved to Rooftop');
  await expect(inbox.fresh).toHaveCount(1);
  await inbox.back();
  await expect(guest.board.inboxLink).not.toHaveAccessibleName(/unread/);

  await hosting.callOff('The rooftop is wet.');
  await expect(guest.board.inboxLink).toHaveAccessibleName(/1 unread/);
  const again = await guest.board.openInbox();
  await expect(again.about('zk corner meeting').first()).toContainText('Cancelled');
  await expect(again.about('zk corner meeting').first()).toContainText('The rooftop is wet.');
  await expect(again.fresh).toHaveCount(1);
});
