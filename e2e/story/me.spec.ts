/** X8: who I am, on my phones, and how I am nobody any more. */
import { accepted, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { keptBoards } from '../fixtures/kept.ts';
import { expect, test } from '../fixtures/story.ts';
import { MePage } from '../model/me-page.ts';
import { WORDS } from '../model/words.ts';

const { me, person, refusal } = WORDS.en;

test('I sign out on this phone, and it forgets me; another one of mine does so only when I sign out everywhere', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada', 1);
  ada.phone.drop();
  const [here, there] = await Promise.all([story.phone({ session: ada.session }), story.phone({ session: ada.session, node: 1 })]);
  const mine = new MePage(here.page, here.owner);
  await mine.open();
  await expect(mine.name).toContainText('Ada');

  // Changing one's mind puts the focus back where it was.
  const dialog = await mine.leaving(me.signOut);
  await here.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(here.page.getByRole('button', { name: me.signOut })).toBeFocused();

  await (await mine.leaving(me.everywhere)).getByRole('button', { name: me.everywhere }).click();
  await expect(here.page.getByText(me.everywhereDone)).toBeVisible();
  await expect(there.page.getByText(refusal.signedOut)).toBeVisible();
  for (const phone of [here, there]) {
    await new MePage(phone.page, phone.owner).open();
    await expect(phone.page.getByRole('heading', { name: me.nobody })).toBeVisible();
  }
});

test('I delete me: I am told what goes, asked twice, and then I am nowhere; what others host with me goes on', async ({ story }) => {
  const [ada, ben] = await Promise.all([
    story.deployment.attendee(story.board, 'Zenobia', 0),
    story.deployment.attendee(story.board, 'Ben', 1),
  ]);
  const [own, shared] = [freshId(), freshId()];
  const token = 'h'.repeat(22);
  accepted(await ada.phone.command(withId(gathering(own, { title: 'Tea with Zenobia' }))));
  accepted(await ada.phone.command(withId(gathering(shared, { title: 'Cake' }))));
  accepted(await ada.phone.command(withId({ type: 'shareHosting', gathering: shared, token, handOver: false })));
  accepted(await ben.phone.insist(withId({ type: 'acceptHosting', token })));
  for (const wished of [own, shared]) accepted(await ben.phone.insist(withId({ type: 'takeSeat', gathering: wished })));
  for (const { phone } of [ada, ben]) phone.drop();
  const [phone, other] = await Promise.all([story.phone({ session: ada.session }), story.phone({ session: ben.session, node: 1 })]);
  await expect(other.board.card('Cake')).toContainText('Zenobia');

  const mine = new MePage(phone.page, phone.owner);
  await mine.open();
  const dialog = await mine.leaving(me.erase);
  await expect(dialog.getByRole('listitem').filter({ hasText: me.goesHosted })).toContainText('Tea with Zenobia');
  await expect(dialog.getByRole('listitem').filter({ hasText: me.goesShared })).toContainText('Cake');
  await dialog.getByRole('button', { name: me.goOn }).click();
  await dialog.getByRole('button', { name: me.eraseNow }).click();
  await expect(phone.page.getByText(me.erased)).toBeVisible();

  for (const { board } of [phone, other]) {
    await expect(board.card('Cake')).not.toContainText('Zenobia');
    await expect(board.card('Tea with …')).toContainText(WORDS.en.card.cancelled);
  }
  await expect(other.board.card('Cake')).toContainText('Ben');
  await new MePage(phone.page, phone.owner).open();
  await expect(phone.page.getByRole('heading', { name: me.nobody })).toBeVisible();
  await expect(phone.page.getByRole('button', { name: person.rename })).toHaveCount(0);
});

test('a phone whose session is gone, whoever heard of it first, is told so, and keeps nothing of who it was', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada');
  const tea = freshId();
  accepted(await ada.phone.command(withId(gathering(tea, { title: 'Tea' }))));
  accepted(await ada.phone.insist(withId({ type: 'takeSeat', gathering: tea })));
  ada.phone.drop();
  const { page, board, context } = await story.phone({ session: ada.session });
  await expect(board.card('Tea')).toContainText(WORDS.en.standing.going);
  await expect.poll(() => keptBoards(page), { timeout: 20_000 }).toContain(ada.id);
  await page.evaluate(() => localStorage.setItem('huddle.draft', 'mine'));
  await context.clearCookies();
  await page.reload();
  await expect(page.getByText(refusal.signedOut)).toBeVisible();
  await expect(board.card('Tea')).not.toContainText(WORDS.en.standing.going);
  expect(await page.evaluate(() => localStorage.getItem('huddle.draft'))).toBeNull();
  await expect.poll(() => keptBoards(page), { timeout: 20_000 }).not.toContain(ada.id);
});
