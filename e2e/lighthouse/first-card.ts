/** P10: when a phone that has never been here shows the board. */
import type { Browser } from 'puppeteer-core';

/** Lighthouse's Slow 4G – 1.6 Mbit/s, 150 ms there and back – as DevTools imitates it: request by request, hence a longer latency. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: (1474.56 * 1024) / 8, uploadThroughput: (675 * 1024) / 8 };
const CPU = 4;

/** From the click on a link to the paint of the first card, in ms. */
export const firstCard = async (browser: Browser, url: string): Promise<number> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const client = await page.createCDPSession();
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', SLOW_4G);
  await client.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  await page.evaluateOnNewDocument(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('a[data-id]') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => performance.mark('card'));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 60_000 });
  await page.waitForFunction(() => performance.getEntriesByName('card').length > 0, { timeout: 60_000 });
  const at = await page.evaluate(() => performance.getEntriesByName('card')[0]?.startTime ?? Infinity);
  await context.close();
  return at;
};
