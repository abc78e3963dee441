/** WebKitGTK's MiniBrowser on a screen of its own, over plain WebDriver. Its window is at least 447 px wide, and it has no touch. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { eventually } from '@huddle/rig/wait.ts';
import { FIND, type Driver, type Target } from './screen.ts';

/** The key under which WebDriver hands out elements (W3C WebDriver §12.2). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
};

/** A screen in memory. @returns its name for `DISPLAY` */
const startScreen = async (): Promise<{ readonly child: ChildProcess; readonly display: string }> => {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '900x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  // It finds a free number itself, and says it once it listens.
  const [said] = (await Promise.race([
    once(child.stdio[3] as Readable, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('Xvfb did not start'))),
  ])) as [Buffer];
  return { child, display: `:${said.toString().trim()}` };
};

const send = async (url: string, method: string, body?: object): Promise<unknown> => {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`);
  return value;
};

class WebDriver implements Driver {
  readonly #session: string;
  readonly #end: () => Promise<void>;

  constructor(session: string, finish: () => Promise<void>) {
    this.#session = session;
    this.#end = finish;
  }

  async goto(url: string): Promise<void> {
    await send(`${this.#session}/url`, 'POST', { url });
  }

  async back(): Promise<void> {
    await send(`${this.#session}/back`, 'POST', {});
  }

  async click(target: Target): Promise<boolean> {
    const element = await this.#find(target);
    if (element === undefined) return false;
    await send(`${this.#session}/element/${element}/click`, 'POST', {});
    return true;
  }

  async type(target: Target, text: string): Promise<boolean> {
    const element = await this.#find(target);
    if (element === undefined) return false;
    await send(`${this.#session}/element/${element}/value`, 'POST', { text });
    return true;
  }

  async text(target: Target): Promise<string | null> {
    const element = await this.#find(target);
    return element === undefined ? null : String(await send(`${this.#session}/element/${element}/text`, 'GET'));
  }

  async close(): Promise<void> {
    await send(this.#session, 'DELETE').finally(this.#end);
  }

  async #find({ css, name = '' }: Target): Promise<string | undefined> {
    const found = (await send(`${this.#session}/execute/sync`, 'POST', { script: FIND, args: [css, name] })) as Record<
      string,
      string
    > | null;
    return found?.[ELEMENT];
  }
}

const LIBRARIES = '/usr/lib';

/** Debian's browser that comes with the library: in a folder of the machine's kind, in one of the library's version. */
const miniBrowser = (): string | undefined =>
  readdirSync(LIBRARIES)
    .filter((kind) => kind.endsWith('-linux-gnu'))
    .flatMap((kind) => readdirSync(join(LIBRARIES, kind)).map((name) => join(LIBRARIES, kind, name)))
    .filter((folder) => /\/webkit2?gtk-[\d.]+$/.test(folder))
    .map((folder) => join(folder, 'MiniBrowser'))
    .findLast((file) => existsSync(file));

export const startWebKit = async (): Promise<Driver> => {
  const binary = miniBrowser();
  if (binary === undefined) throw new Error(`no MiniBrowser of WebKitGTK below ${LIBRARIES}`);
  const screen = await startScreen();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LANG: 'C.UTF-8' },
    stdio: 'ignore',
  });
  const finish = async (): Promise<void> => {
    await end(driver);
    await end(screen.child);
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await eventually('WebKitWebDriver listens', () => send(`${url}/status`, 'GET'), 20_000);
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } };
    const { sessionId } = (await send(`${url}/session`, 'POST', { capabilities })) as { sessionId: string };
    const session = `${url}/session/${sessionId}`;
    await send(`${session}/window/rect`, 'POST', { width: 480, height: 900 });
    return new WebDriver(session, finish);
  } catch (error) {
    await finish();
    throw error;
  }
};
