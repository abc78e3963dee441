/** The same person on another phone, by a code that works once. */
import type { Page } from '@playwright/test';
import { violations } from '../fixtures/axe.ts';
import { expect, test } from '../fixtures/story.ts';
import { MePage } from '../model/me-page.ts';
import { WORDS } from '../model/words.ts';

const { me } = WORDS.en;

const looksRight = async (page: Page): Promise<void> => expect(await violations(page)).toEqual([]);

test('I open the code on my new phone, am the same there, and my old phone says so; the code works for nobody else', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada', 0);
  ada.phone.drop();
  const [old, fresh, late] = await Promise.all([story.phone({ session: ada.session }), story.phone({ node: 1 }), story.phone({ node: 1 })]);
  const mine = new MePage(old.page, old.owner);
  await mine.open();
  const link = await mine.moveLink();
  await looksRight(old.page);

  // As another node's own address, as every phone of a venue may have one.
  const there = link.replace(story.deployment.url(0), story.deployment.url(1));
  const arriving = new MePage(fresh.page, fresh.owner);
  await fresh.page.goto(there);
  await expect(arriving.asked.getByText(me.move.becomes('Ada'))).toBeVisible();
  await expect(arriving.asked.getByText(me.move.stays)).toHaveCount(0);
  await looksRight(fresh.page);
  await arriving.asked.getByRole('button', { name: me.move.goOnAs('Ada') }).click();
  await expect(fresh.page.getByText(me.move.done)).toBeVisible();
  await expect(arriving.name).toContainText('Ada');
  expect(fresh.page.url()).toBe(`${fresh.url}/me`);
  await expect(old.page.getByRole('dialog').getByText(me.move.used)).toBeVisible();

  await late.page.goto(there);
  await expect(new MePage(late.page, late.owner).asked.getByText(me.move.expired)).toBeVisible();
  await looksRight(late.page);
});

test('a phone that is somebody is told what stays behind, and stays who it is if its owner says so', async ({ story }) => {
  const [ada, bob] = await Promise.all([
    story.deployment.attendee(story.board, 'Ada', 0),
    story.deployment.attendee(story.board, 'Bob', 0),
  ]);
  for (const { phone } of [ada, bob]) phone.drop();
  const [old, other] = await Promise.all([story.phone({ session: ada.session }), story.phone({ session: bob.session })]);
  const mine = new MePage(old.page, old.owner);
  await mine.open();
  const link = await mine.moveLink();

  const arriving = new MePage(other.page, other.owner);
  await other.page.goto(link);
  await expect(arriving.asked.getByText(me.move.soFar('Bob'))).toBeVisible();
  await looksRight(other.page);
  await arriving.asked.getByRole('button', { name: me.move.stay }).click();
  await expect(arriving.name).toContainText('Bob');
  expect(other.page.url()).toBe(`${other.url}/me`);

  await other.page.goto(link);
  await arriving.asked.getByRole('button', { name: me.move.goOnAs('Ada') }).click();
  await expect(arriving.name).toContainText('Ada');
});

test('where a link cannot be opened, it is pasted: into the installed app, or another browser', async ({ story }) => {
  const ada = await story.deployment.attendee(story.board, 'Ada', 0);
  ada.phone.drop();
  const [old, app] = await Promise.all([story.phone({ session: ada.session }), story.phone()]);
  const [mine, arriving] = [new MePage(old.page, old.owner), new MePage(app.page, app.owner)];
  await mine.open();
  const link = await mine.moveLink();
  await arriving.open();
  const form = app.page.getByRole('region', { name: me.move.before });
  await form.getByLabel(me.move.paste).fill('https://example.org/');
  await form.getByRole('button', { name: me.goOn }).click();
  await expect(form.getByText(me.move.pasteWrong)).toBeVisible();
  await looksRight(app.page);
  await form.getByLabel(me.move.paste).fill(link);
  await form.getByRole('button', { name: me.goOn }).click();
  await arriving.asked.getByRole('button', { name: me.move.goOnAs('Ada') }).click();
  await expect(arriving.name).toContainText('Ada');
});
