/** Told while no page is open: turned on by its person, said by the service worker, and a tap leads to the gathering. */
import type { BrowserContext, Page } from '@playwright/test';
import { pushService, subscribable } from '../fixtures/push.ts';
import { BOARD_NAME, expect, test } from '../fixtures/story.ts';
import { GatheringPage } from '../model/gathering-page.ts';

test.use({ serviceWorkers: 'allow' });

/** What the system shows now, as this page's registration knows it. */
const shown = (page: Page): Promise<readonly { readonly title: string; readonly body: string }[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
  });

/** Taps on what is shown, as the browser would tell the worker. (A text: the worker's world has types of its own.) */
const tap = async (context: BrowserContext): Promise<void> => {
  const [worker] = context.serviceWorkers();
  await worker?.evaluate(`registration.getNotifications().then(([notification]) => {
    dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  })`);
};

test('a phone is told what its person chose, in their language, and a tap opens the gathering', async ({ story }) => {
  const phone = await story.phone({ name: 'Hana', language: 'zh-Hant' });
  const { page, owner, board } = phone;
  const demo = await (await board.startPosting()).post('Demo hour at booth 4 in 30 min for 8');
  await expect(demo.guests).toBeVisible();
  const gathering = page.url().split('/').pop() ?? '';
  await subscribable(phone);
  await page.goto(`${phone.url}/inbox`);
  const deliver = await pushService(page);

  const { told, ui } = owner.words;
  const sheet = page.getByRole('dialog', { name: told.title });
  await page.getByRole('button', { name: told.title }).click();
  await sheet.getByRole('checkbox', { name: told.kinds.organiser }).uncheck();
  await sheet.getByRole('checkbox', { name: told.quiet }).check();
  await sheet.getByRole('button', { name: told.turnOn }).click();
  await expect(sheet.getByRole('button', { name: told.turnOff })).toBeVisible();
  await expect(sheet.getByRole('button', { name: ui.save })).toBeDisabled();

  await deliver({
    ...{ kind: 'moved', notice: 'moved', place: '天台', gathering, title: 'Demo hour' },
    ...{ board: story.board.slug, boardName: BOARD_NAME, zone: 'Asia/Hong_Kong', language: 'zh-Hant' },
  });
  expect(await shown(page)).toEqual([{ title: 'Demo hour', body: owner.words.notice.moved('天台') }]);

  // What was chosen is the board's to know: it is there again on a page that is opened anew.
  await page.reload();
  await page.getByRole('button', { name: told.title }).click();
  await expect(sheet.getByRole('checkbox', { name: told.kinds.organiser })).not.toBeChecked();
  await expect(sheet.getByRole('checkbox', { name: told.kinds.moved })).toBeChecked();
  await sheet.getByRole('button', { name: told.turnOff }).click();
  await expect(sheet.getByRole('button', { name: told.turnOn })).toBeVisible();
  await sheet.getByRole('button', { name: ui.close }).click();

  await tap(phone.context);
  await new GatheringPage(page, owner).shown('Demo hour');
  expect(await shown(page)).toEqual([]);
});
