/** Kept by a passkey: the same person again on a phone that has nothing else of mine. */
import { accepted, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { keeperOf } from '../fixtures/passkey.ts';
import { expect, test } from '../fixtures/story.ts';
import { MePage } from '../model/me-page.ts';
import { WORDS } from '../model/words.ts';

const { me } = WORDS.en;

/** Browsers keep passkeys for names alone: this machine's. */
const named = (url: string): string => url.replace('127.0.0.1', 'localhost');

test('I keep me with a passkey, am me again on another phone, and remove it: then it opens nothing', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada', 0);
  accepted(await ada.phone.insist(withId(gathering(freshId(), { title: 'Tea' }))));
  ada.phone.drop();
  const [old, fresh] = await Promise.all([
    story.phone({ session: ada.session, origin: named(story.deployment.url(0)) }),
    story.phone({ origin: named(story.deployment.url(1)), node: 1 }),
  ]);
  const [mine, again] = [new MePage(old.page, old.owner), new MePage(fresh.page, fresh.owner)];
  const [keeper, other] = await Promise.all([keeperOf(old.page), keeperOf(fresh.page)]);
  await mine.open();
  const passkeys = old.page.getByRole('region', { name: me.passkey.title });
  await passkeys.getByRole('button', { name: me.passkey.add }).click();
  await expect(old.page.getByText(me.passkey.added)).toBeVisible();
  await expect(passkeys.getByRole('listitem')).toHaveCount(1);

  // As a keeper of passwords brings it along.
  await other.take(await keeper.kept());
  // Asked for a name, whoever has one already says so.
  await fresh.board.open('Tea');
  await fresh.page.getByRole('button', { name: WORDS.en.rsvp.takeSeat }).click();
  await fresh.page.getByRole('dialog').getByRole('link', { name: me.move.before }).click();
  await expect(fresh.page.getByRole('dialog')).toHaveCount(0);
  const before = fresh.page.getByRole('region', { name: me.move.before });
  await before.getByRole('button', { name: me.passkey.back }).click();
  await expect(fresh.page.getByText(me.move.done)).toBeVisible();
  await expect(again.name).toContainText('Ada');

  await passkeys.getByRole('button', { name: me.passkey.remove }).click();
  await expect(passkeys.getByRole('listitem')).toHaveCount(0);
  await expect(passkeys).toBeFocused();
  await (await again.leaving(me.signOut)).getByRole('button', { name: me.signOut }).click();
  await expect(fresh.page.getByText(WORDS.en.refusal.signedOut)).toBeVisible();
  await again.open();
  await before.getByRole('button', { name: me.passkey.back }).click();
  await expect(fresh.page.getByText(me.passkey.unknown)).toBeVisible();
});

test('where there can be no passkey, the page says why, and what works without', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada', 0);
  ada.phone.drop();
  const phone = await story.phone({ session: ada.session });
  await new MePage(phone.page, phone.owner).open();
  await expect(phone.page.getByRole('region', { name: me.passkey.title }).getByText(me.passkey.needed.insecure)).toBeVisible();
});
