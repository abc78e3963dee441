/** Everybody reads their own language. */
import { accepted, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
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

test('another tab speaks the language that is chosen in one, down to the "and" between two names', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada');
  for (const title of ['Tea', 'Cake', 'Biscuits']) accepted(await ada.phone.insist(withId(gathering(freshId(), { title }))));
  ada.phone.drop();
  const { page, context, url, owner } = await story.phone({ session: ada.session });
  await page.goto(`${url}/plan`);
  await expect(page.getByText('Overlaps with')).toHaveText([/ and /, / and /, / and /]);

  const other = await context.newPage();
  await other.goto(url);
  await other.getByRole('button', { name: owner.words.ui.settings }).click();
  await other.getByRole('dialog').getByText(LANGUAGE_NAMES.es, { exact: true }).click();
  await expect(page.getByRole('heading', { name: WORDS.es.board.plan })).toBeVisible();
  await expect(page.getByText('Coincide con')).toHaveText([/ y /, / y /, / y /]);
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

test('a post in two languages is read in one’s own, found by either, and switched on its page', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  const reader = await story.phone({ node: 1, language: 'zh-Hans' });
  const words = host.owner.words.post;
  const post = await host.board.startPosting();
  await post.line.fill('Cosmos dinner at roof in 10 min');
  await host.page.getByText(words.more).click();
  await host.page.getByRole('button', { name: words.addLanguage }).click();
  const second = host.page.getByRole('group', { name: words.second });
  await expect(second.getByRole('combobox')).toBeFocused();
  await second.getByLabel(words.description).fill('自备酒水');
  await expect(post.button).toBeDisabled();
  await second.getByLabel(words.chip.title).fill('宇宙晚餐');
  await (await post.post('Cosmos dinner at roof in 10 min')).shown('Cosmos dinner');

  const card = reader.board.card('宇宙晚餐');
  await expect(card).toContainText('roof');
  const search = WORDS['zh-Hans'].board.search;
  await reader.page.getByRole('button', { name: search }).click();
  await reader.page.getByRole('searchbox', { name: search }).fill('cosmos');
  await card.click();
  const title = reader.page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText('宇宙晚餐');
  await expect(title).toHaveAttribute('lang', 'zh-Hant');
  await expect(reader.page.getByText('自备酒水')).toBeVisible();
  await reader.page.getByRole('button', { name: WORDS['zh-Hans'].gathering.showOriginal }).click();
  await expect(title).toHaveText('Cosmos dinner');
  await reader.page.getByRole('button', { name: WORDS['zh-Hans'].gathering.showIn('繁體中文') }).click();
  await expect(title).toHaveText('宇宙晚餐');
});
