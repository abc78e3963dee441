/**
 * `npm run lighthouse`: U1, Lighthouse as a phone on the board, a gathering and posting; and P10, when the board is shown on Slow 4G with
 * a CPU four times slower, the median of three. It wants a machine that does nothing else.
 */
import { Deployment } from '@huddle/rig/deployment.ts';
import lighthouse from 'lighthouse';
import { launch, type Browser } from 'puppeteer-core';
import { fillEvening } from '../fixtures/evening.ts';
import { chromium, CHROMIUM_ARGS } from '../fixtures/chromium.ts';
import { firstCard } from './first-card.ts';

const BARS = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
const SHOWN_BAR_MS = 1500;

const fail = (): void => void (process.exitCode = 1);

const inspect = async (browser: Browser, name: string, url: string): Promise<void> => {
  const port = Number(new URL(browser.wsEndpoint()).port);
  const result = await lighthouse(url, { port, onlyCategories: Object.keys(BARS), logLevel: 'error' });
  if (result === undefined) throw new Error('Lighthouse gave no result');
  const { categories, audits } = result.lhr;
  const scores = Object.entries(BARS).map(([category, bar]) => {
    const score = Math.round((categories[category]?.score ?? 0) * 100);
    if (score < bar) fail();
    return score < bar ? `${score} (bar ${bar})` : `${score}`;
  });
  console.log(`U1 ${name.padEnd(10)} ${scores.join(' / ')}`);
  // What costs points, and how much there is of it.
  for (const { id, weight } of Object.values(categories).flatMap(({ auditRefs }) => auditRefs)) {
    const { title = id, score = 1, displayValue = '' } = audits[id] ?? {};
    if (weight > 0 && score !== null && score < 0.9) console.log(`   ${title} ${displayValue}`);
  }
};

const deployment = await Deployment.embedded();
const browser = await launch({ executablePath: chromium(), args: CHROMIUM_ARGS });
try {
  const board = await deployment.board();
  const { ada, ids } = await fillEvening(deployment, board);
  ada.phone.drop();
  const url = `${deployment.url()}/b/${board.slug}`;
  const shown: number[] = [];
  for (let run = 0; run < 3; run += 1) shown.push(await firstCard(browser, url));
  const median = shown.sort((a, b) => a - b)[1] ?? Infinity;
  if (median > SHOWN_BAR_MS) fail();
  console.log(`P10 board shown ${Math.round(median)} ms, bar ${SHOWN_BAR_MS} ms (three runs: ${shown.map(Math.round).join(', ')})`);
  for (const [name, path] of [
    ['board', ''],
    ['gathering', `/g/${ids.running}`],
    ['post', '/post'],
  ] as const) {
    await inspect(browser, name, url + path);
  }
} finally {
  await browser.close();
  await deployment.stop();
}
