/** What the main story needs of a browser: the same few verbs, whatever drives it. */
import { eventually } from '@huddle/rig/wait.ts';

/** Something on the screen: the first that is shown, inside the open dialog where there is one. */
export interface Target {
  /** CSS selector. */
  readonly css: string;
  /** Part of its name: its label, or what it says. */
  readonly name?: string;
}

/** One page in one browser, as each driver offers it. */
export interface Driver {
  goto(url: string): Promise<void>;
  /** Clicks as a person does, once it is there. False: it is not. */
  click(target: Target): Promise<boolean>;
  /** Types as a person does. False: it is not there. */
  type(target: Target, text: string): Promise<boolean>;
  /** The text of it; null: it is not there. */
  text(target: Target): Promise<string | null>;
  back(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The body of a function of `css` and `name` that finds an element or null; runs in the page. As text, because it reaches each browser
 * in another way.
 */
export const FIND = `
  const [css, name] = arguments;
  const within = document.querySelector('dialog[open]') ?? document;
  const named = (element) => (element.getAttribute('aria-label') ?? '') + ' ' + element.textContent;
  const shown = (element) => element.getClientRects().length > 0;
  return [...within.querySelectorAll(css)].find((element) => shown(element) && named(element).includes(name)) ?? null;
`;

const SLOW_MS = 20_000;

/** A driver that waits for what it is asked for. */
export class Screen {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  open(url: string): Promise<void> {
    return this.#driver.goto(url);
  }

  back(): Promise<void> {
    return this.#driver.back();
  }

  async press(css: string, name: string): Promise<void> {
    await eventually(`"${name}" can be pressed`, () => this.#driver.click({ css, name }), SLOW_MS);
  }

  async write(css: string, text: string): Promise<void> {
    await eventually(`${css} can be written in`, () => this.#driver.type({ css }, text), SLOW_MS);
  }

  /** Waits until it says that. */
  async sees(css: string, text: string): Promise<void> {
    const said = async (): Promise<boolean> => (await this.#driver.text({ css, name: text })) !== null;
    await eventually(`${css} says "${text}"`, said, SLOW_MS);
  }
}
