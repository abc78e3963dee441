/** Links are opened where they arrive: in the browsers inside chat apps. */
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
    const host = await story.phone({ userAgent, name: 'Mei' });
    await host.page.goto(`${host.url}/post`);
    await host.page.getByRole('textbox', { name: post.line }).fill('Rust pairing at booth 4 in 20 min for 8');
    await host.owner.named(() => host.page.getByRole('button', { name: post.send, exact: true }).click());
    await expect(host.page.getByRole('heading', { level: 1 })).toHaveText(/Rust pairing/i);

    const guest = await story.phone({ userAgent, name: 'Ada' });
    await guest.page.goto(host.page.url());
    await guest.owner.named(() => guest.page.getByRole('button', { name: rsvp.takeSeat }).click());
    await expect(guest.page.getByText(standing.going, { exact: true })).toBeVisible();

    await guest.page.getByRole('button', { name: words.calendar }).click();
    const sheet = guest.page.getByRole('dialog', { name: words.out.title });
    const wayOut = sheet.getByRole('link', { name: words.out.open });
    if (app === 'WeChat') await expect(sheet.getByText(words.out.steps)).toBeVisible();
    else await expect(wayOut).toHaveAttribute('href', app === 'LINE' ? /openExternalBrowser=1/ : /^intent:\/\/.*scheme=http;/);
    await expect(sheet.getByRole('button', { name: words.out.copyDetails })).toBeVisible();
    await sheet.getByRole('button', { name: ui.close }).click();

    await guest.page.getByRole('link', { name: words.poster }).click();
    await expect(guest.page.getByRole('img', { name: words.qrOf })).toBeVisible();
  });
}
