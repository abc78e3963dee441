/** Everybody reads their own language. */
import { expect, test } from '../fixtures/story.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '@huddle/shared/language.ts';
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

test('every language can be chosen by its own name, and Arabic runs from right to left', async ({ story }) => {
  const phone = await story.phone();
  let words: (typeof WORDS)[keyof typeof WORDS] = WORDS.en;
  await phone.page.getByRole('button', { name: words.ui.settings }).click();
  for (const language of LANGUAGES) {
    await phone.page.getByRole('dialog').getByText(LANGUAGE_NAMES[language], { exact: true }).click();
    words = WORDS[language];
    await expect(phone.page.getByRole('dialog', { name: words.ui.settings })).toBeVisible();
    await expect(phone.page.locator('html')).toHaveAttribute('lang', language);
    await expect(phone.page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
  }
  await phone.page.reload();
  await expect(phone.page.getByRole('link', { name: words.board.postLong }).first()).toBeVisible();
});
