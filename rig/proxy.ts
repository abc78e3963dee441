/** A TCP proxy between a phone and a node, or a node and Redis, that can do to the bytes what networks do. */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** One direction of all connections. */
export interface Lane {
  /** Bytes arrive this much later, in ms. */
  delay: number;
  /** Bytes a second; 0: no limit. */
  throttle: number;
  /** Bytes are taken and never delivered: a half-open connection. */
  swallow: boolean;
  /** Cuts the connection once this many more bytes have passed, in the middle of a frame if it comes so. */
  cutAfter: number | undefined;
  /** Bytes wait until then. */
  stalled: Promise<void> | undefined;
}

const lane = (): Lane => ({ delay: 0, throttle: 0, swallow: false, cutAfter: undefined, stalled: undefined });

export class Proxy {
  /** From the one who connected. */
  readonly up = lane();
  /** Back to them. */
  readonly down = lane();
  /** Where new connections go. */
  target: { port: number; host: string };
  /** New connections are closed at once. */
  refuse = false;

  #server: Server;
  #pairs = new Set<readonly [Socket, Socket]>();

  private constructor(target: { port: number; host: string }) {
    this.target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** Listens on a free port of the loopback. */
  static async before(port: number, host = '127.0.0.1'): Promise<Proxy> {
    const proxy = new Proxy({ port, host });
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends every connection at once, with a reset. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** Nothing passes any more, either way, and nothing is lost; the function returned lets it go on. */
  stall(): () => void {
    let goOn = (): void => undefined;
    this.up.stalled = this.down.stalled = new Promise((resolve) => (goOn = resolve));
    return () => {
      this.up.stalled = this.down.stalled = undefined;
      goOn();
    };
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.cut();
    await closed;
  }

  #accept(client: Socket): void {
    if (this.refuse) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ ...this.target, noDelay: true });
    client.setNoDelay(true);
    const pair = [client, server] as const;
    this.#pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
    this.#carry(client, server, this.up);
    this.#carry(server, client, this.down);
  }

  #carry(from: Socket, to: Socket, rules: Lane): void {
    /** Bytes on their way, oldest first. Whoever's time has come delivers the oldest: nothing is overtaken when a slow lane becomes fast. */
    const late: Buffer[] = [];
    const deliver = (): void => {
      if (rules.stalled !== undefined) {
        void rules.stalled.then(deliver);
        return;
      }
      const bytes = late.shift();
      if (bytes === undefined || to.write(bytes)) return;
      from.pause();
      to.once('drain', () => from.resume());
    };
    from.on('data', (bytes: Buffer) => {
      if (rules.swallow) return;
      if (rules.cutAfter !== undefined) {
        rules.cutAfter -= bytes.length;
        if (rules.cutAfter <= 0) {
          to.write(bytes.subarray(0, bytes.length + rules.cutAfter));
          rules.cutAfter = undefined;
          to.end();
          from.destroy();
          return;
        }
      }
      const wait = rules.throttle > 0 ? (bytes.length / rules.throttle) * 1000 : 0;
      late.push(bytes);
      if (wait + rules.delay === 0 && late.length === 1) {
        deliver();
        return;
      }
      setTimeout(deliver, wait + rules.delay);
      if (wait === 0) return;
      from.pause();
      setTimeout(() => from.resume(), wait);
    });
    from.on('end', () => to.end());
  }
}
