/**
 * A phone on the bare wire: what the client does – connect, resume, merge, start over – without Socket.IO's own client, so that every
 * frame can be seen, cut and withheld, and ten thousand fit into one process.
 */
import {
  BYES,
  PROTOCOL_VERSION,
  type Ack,
  type Audience,
  type Bye,
  type Change,
  type Cursor,
  type OpenAnswer,
  type ResumeAnswer,
  type SentCommand,
  type View,
  type Welcome,
} from '@huddle/shared/protocol.ts';
import { WebSocket } from 'ws';
import { snapshotOf, type Session } from './http.ts';
import { connectPacket, eventPacket, PONG, type Packet } from './packet.ts';
import { advance, readFrame, wholeOf, type Views } from './shelf.ts';
import { pause, within } from './wait.ts';

export interface PhoneOptions {
  /** Of a node, or of a proxy before it: `http://127.0.0.1:1234`. */
  readonly url: string;
  readonly board: string;
  readonly session?: Session;
  /** The page's origin; the url's own unless told. */
  readonly origin?: string;
  readonly version?: number;
  /** Keeps the text of every frame and snapshot. Default: yes; off for thousands of phones. */
  readonly capture?: boolean;
  /** Resumes when it arrives, and sees what is public from then on. Default: yes. */
  readonly watches?: boolean;
  /** Where snapshots come from; HTTP at the url unless told. */
  readonly snapshot?: () => ReturnType<typeof snapshotOf>;
}

/** What a phone is told, by name. */
interface Told {
  welcome: Welcome;
  change: Change;
  standing: { readonly live: boolean };
  bye: Bye;
}

/** The connection ended before the answer came. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** A rejected promise is an answer too: nobody has to listen for it. */
const quiet = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};

export class Phone {
  /** Every text received, in order, snapshots included. */
  readonly frames: string[] = [];
  /** One map per audience (C8). */
  readonly views = new Map<Audience, Views>();
  url: string;
  cursor: Cursor | undefined;
  /** The last one received. */
  welcome: Welcome | undefined;
  bye: Bye | undefined;
  live = true;
  /** Public changes received since the phone was made. */
  changes = 0;
  /** How often it had to take a new snapshot. */
  startedOver = 0;
  /** Resolves when the present connection has ended. */
  closed: Promise<void> = Promise.resolve();
  /** Called with each change as it arrives, before it is merged. */
  onChange: ((change: Change) => void) | undefined;
  /** Called after each change, once the phone shows it. */
  onMerged: (() => void) | undefined;

  #options: PhoneOptions;
  #socket: WebSocket | undefined;
  #nextAck = 0;
  #answers = new Map<number, { resolve: (payload: unknown) => void; reject: (error: Error) => void }>();
  #listeners = new Set<(name: keyof Told | 'closed', payload: unknown) => void>();
  #open = new Set<Audience>();
  /** Until `resume` is answered, the phone does not know what it misses. */
  #resumed = false;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.url = options.url;
  }

  /** Connected and resumed, as {@link arrive}. */
  static async join(options: PhoneOptions): Promise<Phone> {
    const phone = new Phone(options);
    await phone.arrive();
    return phone;
  }

  get person(): string | undefined {
    return this.welcome?.person;
  }

  get connected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** A view by id, from whichever audience holds it. */
  view<V extends View = View>(id: V['id']): V | undefined {
    for (const views of this.views.values()) {
      const found = views.get(id);
      if (found !== undefined) return found as V;
    }
    return undefined;
  }

  audience(audience: Audience): Views {
    return this.views.get(audience) ?? new Map();
  }

  /**
   * Opens a connection and waits until the server has said `welcome`.
   * @throws ConnectionLost when it is turned away; the message carries HTTP status, reason or `bye`
   */
  async connect(url = this.url, withinMs = 10_000): Promise<void> {
    this.url = url;
    this.#resumed = false;
    this.bye = undefined;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      origin: this.#options.origin ?? url,
      perMessageDeflate: false,
      skipUTF8Validation: true,
      ...(this.#options.session === undefined ? {} : { headers: { cookie: this.#options.session.cookie } }),
    });
    this.#socket = socket;
    const welcomed = quiet(this.next('welcome', withinMs));
    this.closed = new Promise((resolve) => {
      let reason = 'closed';
      socket.on('error', (error) => (reason = error.message));
      socket.once('close', () => {
        if (this.#socket === socket) this.#lost(this.bye === undefined ? reason : `bye: ${this.bye.code}`);
        resolve();
      });
    });
    socket.on('message', (data: Buffer) => {
      if (this.#socket === socket) this.#take(data);
    });
    try {
      await welcomed;
    } catch (error) {
      socket.terminate();
      throw error;
    }
  }

  /**
   * Connects and resumes, on one of the urls after the other, and comes back when told to. Gives how often it was turned away.
   * @param wait ms until the next attempt after so many failures, where nobody said when to come back
   * @throws what the last attempt did, once the time is over
   */
  async arrive(urls: readonly string[] = [this.url], withinMs = 30_000, wait: (failures: number) => number = () => 100): Promise<number> {
    const deadline = Date.now() + withinMs;
    for (let turnedAway = 0; ; turnedAway += 1) {
      try {
        await this.connect(urls[turnedAway % urls.length], withinMs);
        if (this.#options.watches !== false) await this.resume();
        return turnedAway;
      } catch (error) {
        // Connected but not resumed, it would hear nothing public and have no reason to come back.
        this.drop();
        if (Date.now() > deadline || (this.bye !== undefined && !BYES[this.bye.code].comeBack)) throw error;
        await pause(this.bye?.comeBackAfterMs ?? wait(turnedAway + 1));
      }
    }
  }

  /** Asks for what was missed after the cursor, its own unless told; takes a new snapshot when it must; opens again what was open. */
  async resume(cursor = this.cursor): Promise<ResumeAnswer> {
    const first = await this.#resumeFrom(cursor);
    let answer = first;
    for (let attempts = 0; 'startOver' in answer; attempts += 1) {
      if (attempts === 5) throw new Error('told to start over again and again');
      answer = await this.#resumeFrom(await this.#startOver());
    }
    for (const audience of [...this.#open]) await this.open(audience);
    return first;
  }

  #resumeFrom(cursor: Cursor | undefined): Promise<ResumeAnswer> {
    return this.#ask<ResumeAnswer>('resume', cursor === undefined ? {} : { cursor }, {
      take: (answer) => {
        if ('startOver' in answer) return;
        this.#resumed = true;
        this.#merge(answer.change);
      },
    });
  }

  /** N6: the snapshot replaces what was there. */
  async #startOver(): Promise<Cursor> {
    this.startedOver += 1;
    const { snapshot, text } = await (this.#options.snapshot ?? (() => snapshotOf(this.url, this.#options.board)))();
    if (this.#options.capture !== false) this.frames.push(text);
    this.#merge(wholeOf(snapshot));
    return snapshot.cursor;
  }

  /** @throws ConnectionLost, or an error when no answer comes in time: the outcome is then unknown and the same id may be sent again */
  command(command: SentCommand, withinMs = 5000): Promise<Ack> {
    return this.#ask<Ack>('command', command, { withinMs });
  }

  /** Sends the same command, same id, until it has an outcome that is not "later", over as many connections of the phone as that takes. */
  async insist(command: SentCommand, withinMs = 30_000): Promise<Ack> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const ack = await this.command(command).catch(() => undefined);
      if (ack !== undefined && (ack.ok || (ack.code !== 'retry' && ack.code !== 'tooMany'))) return ack;
      if (Date.now() > deadline) throw new Error(`no outcome within ${withinMs} ms: ${JSON.stringify(ack)}`);
      await pause(ack?.ok === false ? Math.min(ack.retryAfterMs ?? 50, 500) : 50);
    }
  }

  open(audience: Audience): Promise<OpenAnswer> {
    this.#open.add(audience);
    return this.#ask<OpenAnswer>(
      'open',
      { audience },
      {
        take: (answer) => {
          if (answer.ok) this.#merge(answer.change);
          else this.views.delete(audience);
        },
      },
    );
  }

  close(audience: Audience): void {
    this.#open.delete(audience);
    this.views.delete(audience);
    this.raw(eventPacket('close', { audience }));
  }

  /** Sends a text as it is, right or wrong. */
  raw(text: string): void {
    this.#socket?.send(text);
  }

  /** Any event with an answer, as no honest phone would send it. */
  ask(name: string, payload: unknown, withinMs = 5000): Promise<unknown> {
    return this.#ask(name, payload, { withinMs });
  }

  /** The next message of that name. @throws ConnectionLost when the connection ends first */
  next<N extends keyof Told>(name: N, withinMs = 10_000): Promise<Told[N]> {
    return this.#listen(`next ${name}`, withinMs, (said, payload) => {
      if (said === 'closed') throw new ConnectionLost(String(payload));
      return said === name ? { found: payload as Told[N] } : undefined;
    });
  }

  /** Resolves once the predicate holds, whatever becomes of the connection; looked at now and after each message. */
  async until(predicate: (phone: this) => boolean, withinMs = 10_000): Promise<void> {
    if (predicate(this)) return;
    await this.#listen(`state (${predicate.toString()})`, withinMs, () => (predicate(this) ? { found: true } : undefined));
  }

  /** Ends the connection without a word, as a dead Wi-Fi does. */
  drop(): void {
    this.#socket?.terminate();
  }

  /** Leaves off reading: what the server sends piles up. */
  stopReading(): void {
    this.#socket?.pause();
  }

  readAgain(): void {
    this.#socket?.resume();
  }

  /** Hears every message until `look` finds something or throws. */
  #listen<T>(
    what: string,
    withinMs: number,
    look: (said: keyof Told | 'closed', payload: unknown) => { found: T } | undefined,
  ): Promise<T> {
    let listener: ((said: keyof Told | 'closed', payload: unknown) => void) | undefined;
    const heard = new Promise<T>((resolve, reject) => {
      listener = (said, payload) => {
        try {
          const answer = look(said, payload);
          if (answer !== undefined) resolve(answer.found);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      this.#listeners.add(listener);
    });
    return within(what, heard, withinMs).finally(() => {
      if (listener !== undefined) this.#listeners.delete(listener);
    });
  }

  /** `take` sees the answer before any frame that follows it. */
  #ask<T>(name: string, payload: unknown, { withinMs = 10_000, take }: { withinMs?: number; take?: (answer: T) => void } = {}): Promise<T> {
    if (!this.connected) return Promise.reject(new ConnectionLost('not connected'));
    const number = this.#nextAck++;
    const answer = new Promise<T>((resolve, reject) => {
      this.#answers.set(number, {
        resolve: (given) => {
          take?.(given as T);
          resolve(given as T);
        },
        reject,
      });
      this.raw(eventPacket(name, payload, number));
    });
    return within(`answer to ${name}`, answer, withinMs).finally(() => this.#answers.delete(number));
  }

  #take(data: Buffer): void {
    if (this.#options.capture !== false) this.frames.push(data.toString());
    this.#handle(readFrame(data));
  }

  #handle(packet: Packet): void {
    switch (packet.kind) {
      case 'open':
        this.raw(connectPacket({ board: this.#options.board, version: this.#options.version ?? PROTOCOL_VERSION }));
        return;
      case 'ping':
        this.raw(PONG);
        return;
      case 'ack':
        this.#answers.get(packet.number)?.resolve(packet.payload);
        return;
      case 'refused':
        // Whom the gate turns away is told why as the reason of the refusal (N8).
        this.bye = packet.data as Bye | undefined;
        this.#lost(packet.message);
        return;
      case 'event':
        this.#hear(packet.name as keyof Told, packet.payload);
        return;
      default:
        return;
    }
  }

  #hear(name: keyof Told, payload: unknown): void {
    if (name === 'welcome') this.#welcomed(payload as Welcome);
    if (name === 'change') this.#changed(payload as Change);
    if (name === 'standing') this.live = (payload as Told['standing']).live;
    if (name === 'bye') this.bye = payload as Bye;
    // Thousands only watch, and listen to nothing.
    if (this.#listeners.size > 0) for (const listener of [...this.#listeners]) listener(name, payload);
  }

  #welcomed(welcome: Welcome): void {
    this.welcome = welcome;
    if (welcome.person === undefined) return;
    this.#merge({ audience: `person/${welcome.person}`, put: welcome.views ?? [], whole: true });
  }

  #changed(change: Change): void {
    this.onChange?.(change);
    // What is public and comes before the answer to `resume` cannot be placed: there may be a gap before it.
    if (change.audience === 'public') {
      if (!this.#resumed) return;
      this.changes += 1;
    }
    this.#merge(change);
  }

  #merge(change: Change): void {
    this.views.set(change.audience, advance(this.audience(change.audience), change));
    if (change.cursor !== undefined) this.cursor = change.cursor;
    this.onMerged?.();
  }

  #lost(reason: string): void {
    for (const { reject } of this.#answers.values()) reject(new ConnectionLost(reason));
    this.#answers.clear();
    for (const listener of [...this.#listeners]) listener('closed', reason);
    this.#socket?.terminate();
  }
}
