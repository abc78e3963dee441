/** Chromium as a phone, and Firefox over BiDi. */
import { launch, type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { chromium, CHROMIUM_ARGS } from '../fixtures/chromium.ts';
import { FIND, type Driver, type Target } from './screen.ts';

/** Runs in the page by its text, as the other driver's does; what comes back is an element or null. */
const finder = (css: string, name: string): string => `(function () {${FIND}})(${JSON.stringify(css)}, ${JSON.stringify(name)})`;

class PuppeteerDriver implements Driver {
  readonly #browser: Browser;
  readonly #page: Page;

  constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  async click(target: Target): Promise<boolean> {
    const element = await this.#find(target);
    await element?.click();
    return element !== null;
  }

  async type(target: Target, text: string): Promise<boolean> {
    const element = await this.#find(target);
    await element?.type(text);
    return element !== null;
  }

  async text(target: Target): Promise<string | null> {
    const element = await this.#find(target);
    return (await element?.evaluate((node) => node.textContent)) ?? null;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #find({ css, name = '' }: Target): Promise<ElementHandle | null> {
    const handle = await this.#page.evaluateHandle(finder(css, name));
    return handle.asElement() as ElementHandle | null;
  }
}

const PHONE = { width: 390, height: 844 };

export const startChromium = async (): Promise<Driver> => {
  const browser = await launch({ executablePath: chromium(), args: [...CHROMIUM_ARGS, '--lang=en-GB'] });
  const page = await browser.newPage();
  await page.setViewport({ ...PHONE, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  return new PuppeteerDriver(browser, page);
};

export const startFirefox = async (): Promise<Driver> => {
  const browser = await launch({ browser: 'firefox', executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr' });
  const page = await browser.newPage();
  await page.setViewport(PHONE);
  return new PuppeteerDriver(browser, page);
};
