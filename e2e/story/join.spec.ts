/** X6: strangers spoil the board, and an organiser asks for a join code. */
import { expect, test } from '../fixtures/story.ts';
import { OrganisePage } from '../model/organise-page.ts';

const CODE = 'Open Sesame';

test('a join code is asked once of whoever wants to do something, and of nobody who came by the printed link', async ({ story }) => {
  const host = await story.phone({ name: 'Hana' });
  await (await (await host.board.startPosting()).post('Pairing table in 10 min')).shown('Pairing table');
  const olga = await story.phone({ name: 'Olga' });
  const organise = new OrganisePage(olga.page, olga.owner);
  await organise.open(olga.url, story.board.organiserKey);
  const link = await organise.askForCode(CODE);
  expect(link).toContain('code=OPENSESAME');

  const ben = await story.phone({ node: 1, name: 'Ben' });
  const seat = await ben.board.open('Pairing table');
  await seat.takeSeat();
  const { join, refusal } = ben.owner.words;
  const sheet = ben.page.getByRole('dialog', { name: join.title });
  await sheet.getByLabel(join.code, { exact: true }).fill('a wrong one');
  await sheet.getByRole('button', { name: join.send, exact: true }).click();
  await expect(sheet.getByText(refusal.codeWrong)).toBeVisible();
  await sheet.getByRole('button', { name: join.notNow }).click();
  await expect(seat.seat).not.toContainText('You are going');

  await seat.takeSeat();
  await sheet.getByLabel(join.code, { exact: true }).fill('open-sesame');
  await sheet.getByRole('button', { name: join.send, exact: true }).click();
  await expect(seat.seat).toContainText('You are going');
  await expect(sheet).toHaveCount(0);

  const cat = await story.phone({ name: 'Cat' });
  await cat.page.goto(link);
  const hers = await cat.board.open('Pairing table');
  expect(cat.page.url()).not.toContain('code=');
  await hers.takeSeat();
  await expect(hers.seat).toContainText('You are going');
});
