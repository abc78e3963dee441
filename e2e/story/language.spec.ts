/** Everybody reads their own language. */
import { expect, test } from '../fixtures/story.ts';
import { WORDS } from '../model/words.ts';

test('a phone speaks its owner’s language at once, and another one when told to, for good', async ({ story }) => {
  const phone = await story.phone({ language: 'zh-Hant' });
  await expect(phone.page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  await expect(phone.page.getByRole('link', { name: WORDS['zh-Hant'].board.postLong }).first()).toBeVisible();

  await phone.page.getByRole('button', { name: WORDS['zh-Hant'].ui.settings }).click();
  await phone.page.getByRole('dialog').getByText('English', { exact: true }).click();
  await expect(phone.page.getByRole('dialog', { name: 'Language and look' })).toBeVisible();
  await phone.page.getByRole('button', { name: 'Close' }).click();
  await expect(phone.page.locator('html')).toHaveAttribute('lang', 'en');

  await phone.page.reload();
  phone.owner.reads('en');
  await expect(phone.board.live).toBeVisible();
  await expect(phone.page.getByRole('link', { name: 'Post a gathering' }).first()).toBeVisible();
});
