/** Links are opened where they arrive: in the browsers inside chat apps. */
import { accepted, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { expect, test } from '../fixtures/story.ts';
import { WORDS } from '../model/words.ts';

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/128.0.0.0 Mobile Safari/537.36';
const AGENTS = {
  WeChat: `${ANDROID} XWEB/1160117 MMWEBSDK/20240501 MicroMessenger/8.0.50`,
  Telegram: `${ANDROID} Telegram-Android/11.2.3`,
  Instagram: `${ANDROID} Instagram 345.0.0.48.95 Android`,
  LINE: `${ANDROID} Line/14.12.1/IAB`,
} as const;
const { gathering: words, rsvp, standing, post, ui } = WORDS.en;

for (const [app, userAgent] of Object.entries(AGENTS)) {
  test(`in ${app} one reads, posts and takes a seat, and is shown the way to a browser that saves files`, async ({ story }) => {
    const host = await story.deployment.attendee(story.board, 'Mei');
    const pairing = freshId();
    accepted(await host.phone.insist(withId(gathering(pairing, { title: 'Rust pairing' }))));
    host.phone.drop();
    const { page, url, owner } = await story.phone({ userAgent });
    await page.goto(`${url}/g/${pairing}`);
    await owner.named(() => page.getByRole('button', { name: rsvp.takeSeat }).click());
    await expect(page.getByText(standing.going, { exact: true })).toBeVisible();

    await page.getByRole('button', { name: words.calendar }).click();
    const sheet = page.getByRole('dialog', { name: words.out.title });
    const wayOut = sheet.getByRole('link', { name: words.out.open });
    if (app === 'WeChat') await expect(sheet.getByText(words.out.steps)).toBeVisible();
    else await expect(wayOut).toHaveAttribute('href', app === 'LINE' ? /openExternalBrowser=1/ : /^intent:\/\/.*scheme=http;/);
    await expect(sheet.getByRole('button', { name: words.out.copyDetails })).toBeVisible();
    await sheet.getByRole('button', { name: ui.close }).click();

    await page.getByRole('link', { name: words.poster }).click();
    await expect(page.getByRole('img', { name: words.qrOf })).toBeVisible();

    await page.goto(`${url}/post`);
    await page.getByRole('textbox', { name: post.line }).fill('Tea at booth 4 in 20 min for 8');
    await page.getByRole('button', { name: post.send, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tea');
  });
}
