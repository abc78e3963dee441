/** A real server process on a port of its own. Ends only what it started. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from './redis.ts';
import { eventually } from './wait.ts';

export interface NodeOptions {
  /** Where data and tokens lie; the embedded store too, unless `redisUrl` is given. */
  readonly data: string;
  readonly adminToken: string;
  readonly redisUrl?: string;
  readonly port?: number;
  /** What is run, from the project's folder; the product's own `main`, from its sources, unless told. */
  readonly program?: string;
  /** More settings, over the above. */
  readonly env?: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEASH = new URL('leash.mjs', import.meta.url).href;

export class ServerNode {
  readonly port: number;
  readonly log: string[] = [];
  #options: NodeOptions;
  #process: ChildProcess | undefined;

  private constructor(options: NodeOptions, port: number) {
    this.#options = options;
    this.port = port;
  }

  /** Started, caught up and writable. */
  static async start(options: NodeOptions): Promise<ServerNode> {
    const node = new ServerNode(options, options.port ?? (await freePort()));
    await node.restart();
    return node;
  }

  /** Where its data lies. */
  get data(): string {
    return this.#options.data;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('not running');
    return pid;
  }

  /** The port is the same as before. */
  async restart(): Promise<void> {
    this.launch();
    await this.ready();
  }

  launch(): void {
    const { data, adminToken, redisUrl, env, program = 'server/src/main.ts' } = this.#options;
    // What is built runs as it is: tsx would have its say in JavaScript, too.
    const reader = program.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const child = spawn(process.execPath, [...reader, '--import', LEASH, program], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        PORT: String(this.port),
        HUDDLE_DATA: data,
        HUDDLE_ADMIN_TOKEN: adminToken,
        HUDDLE_SAMPLE: 'no',
        ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
        ...env,
      },
    });
    const keep = (text: Buffer): number => this.log.push(...text.toString().split('\n').filter(Boolean));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#process = child;
  }

  /** Waits for `/readyz`. @throws with the log when the process ends instead */
  async ready(withinMs = 90_000): Promise<void> {
    await eventually(
      `node ready: ${this.url}`,
      async () => {
        if (!this.running) return 'ended';
        return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(1000) })).ok;
      },
      withinMs,
    );
    if (!this.running) throw new Error(`the node ended while starting:\n${this.log.slice(-20).join('\n')}`);
  }

  get running(): boolean {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Sends a signal; `SIGSTOP` and `SIGCONT` pause and wake it. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Resolves with exit code or signal. */
  ended(): Promise<number | NodeJS.Signals | null> {
    const child = this.#process;
    if (child === undefined || !this.running) return Promise.resolve(child?.exitCode ?? child?.signalCode ?? null);
    return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  }

  /** At once, without a word. */
  async kill(): Promise<void> {
    if (!this.running) return;
    const ended = this.ended();
    this.signal('SIGKILL');
    await ended;
  }

  /** Politely; at the end of a test. */
  async stop(): Promise<void> {
    if (!this.running) return;
    const ended = this.ended();
    this.signal('SIGTERM');
    const insist = setTimeout(() => this.signal('SIGKILL'), 10_000);
    await ended;
    clearTimeout(insist);
  }
}
