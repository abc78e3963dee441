/** Stories of people, on Debian's Chromium as a phone. One at a time: each has a server and phones of its own. */
import { defineConfig } from '@playwright/test';
import { chromium, CHROMIUM_ARGS } from './fixtures/chromium.ts';

export default defineConfig({
  testDir: '.',
  // `PICTURES=1` makes the pictures of the README instead of telling stories.
  testMatch: process.env['PICTURES'] === undefined ? 'story/*.spec.ts' : 'picture.spec.ts',
  globalSetup: './fixtures/build.mjs',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'en-GB',
    timezoneId: 'Asia/Hong_Kong',
    // As on plain http (C6), and each phone of a story loads once; the stories of being offline have theirs.
    serviceWorkers: 'block',
    // What was done, asked and seen, should a story fail. Filming them all takes a third as long again as telling them: a picture of the end does.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: chromium(),
      args: CHROMIUM_ARGS,
    },
  },
});
