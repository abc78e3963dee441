/** Processes of our own that do as they are asked: the load beside the server, so that neither waits for the other's event loop. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a child can be asked, by name. */
export type Skills = Readonly<Record<string, (question: never) => unknown>>;

interface Question {
  readonly number: number;
  readonly name: string;
  readonly question: unknown;
}

interface Answer {
  readonly number: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** How long a child may take to leave; one that hangs is killed, and what it started notices. */
const LEAVE_MS = 5000;

/** A child process, as the one who started it sees it. */
export class Child<S extends Skills> {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  #asked = 0;

  /** @param file a script of this folder that calls {@link serve} */
  constructor(file: string, args: readonly (string | number)[] = []) {
    this.#process = fork(fileURLToPath(new URL(file, import.meta.url)), args.map(String), {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    });
    this.#process.on('message', ({ number, answer, error }: Answer) => {
      const asker = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error === undefined) asker?.resolve(answer as never);
      else asker?.reject(new Error(`${file}: ${error}`));
    });
    this.#process.once('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended with ${code}`));
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  ask<N extends keyof S & string>(name: N, question: Parameters<S[N]>[0]): Promise<Awaited<ReturnType<S[N]>>> {
    const number = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#process.send({ number, name, question } satisfies Question);
    });
  }

  async stop(): Promise<void> {
    if (!this.#process.connected) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), LEAVE_MS);
    await gone;
    clearTimeout(kill);
  }
}

/** In the child: answers what it is asked, and ends with the one who started it. */
export const serve = (skills: Skills): void => {
  process.once('disconnect', () => process.exit(0));
  process.on('message', ({ number, name, question }: Question) => {
    const skill = skills[name] as ((question: unknown) => unknown) | undefined;
    Promise.resolve()
      .then(() => skill?.(question))
      .then(
        (answer) => process.send?.({ number, answer } satisfies Answer),
        (error: unknown) => process.send?.({ number, error: String(error) } satisfies Answer),
      );
  });
};
