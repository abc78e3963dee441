/** People who do something, as a process of their own: at a steady pace by the clock, or as many at once as may wait. */
import { randomBytes } from 'node:crypto';
import type { Ack, CommandInput } from '@huddle/shared/protocol.ts';
import { accepted } from '@huddle/rig/deployment.ts';
import { withId, type Session } from '@huddle/rig/http.ts';
import { Phone } from '@huddle/rig/phone.ts';
import { pause } from '@huddle/rig/wait.ts';
import { createSessions } from '@huddle/server/src/http/session.ts';
import { serve } from './child.ts';
import { clock } from './clock.ts';
import { Histogram } from './histogram.ts';

/** A command that took effect: the rev that holds it, and when it was due to be sent – not when it was, which a busy sender puts off. */
export interface Committed {
  readonly rev: number;
  readonly due: number;
}

export interface Company {
  readonly urls: readonly string[];
  readonly board: string;
  readonly count: number;
  /** What the node signs sessions with, so that thousands need not ask for one. */
  readonly secret: string;
  /** What they take seats of, in turn, and give them back. */
  readonly gatherings: readonly string[];
  /** With it they are organisers, who give gatherings long titles instead. */
  readonly organiserKey?: string;
}

export interface Paced {
  readonly committed: readonly Committed[];
  /** Counts of a {@link Histogram}: from the moment a command was due to its acknowledgement. */
  readonly acks: number[];
  /** Refusals by code; `lost` where no answer came. */
  readonly refused: Readonly<Record<string, number>>;
}

export interface Raced {
  readonly acknowledged: number;
  readonly refused: number;
  readonly seconds: number;
}

const AT_ONCE = 200;
const ARRIVE_MS = 60_000;
const ANSWER_MS = 20_000;
const TITLE_LENGTH = 110;

/** Somebody who knows what they do next. */
class Person {
  readonly phone: Phone;
  readonly #gatherings: readonly string[];
  readonly #edits: boolean;
  #turn: number;
  #seated = false;

  constructor(phone: Phone, { gatherings, organiserKey }: Company, index: number) {
    this.phone = phone;
    this.#gatherings = gatherings;
    this.#edits = organiserKey !== undefined;
    this.#turn = index;
  }

  next(): CommandInput {
    this.#seated = !this.#seated;
    if (this.#seated || this.#edits) this.#turn += 1;
    const gathering = this.#gatherings[this.#turn % this.#gatherings.length] ?? '';
    if (this.#edits) return { type: 'editGathering', gathering, title: `${this.#turn} `.padEnd(TITLE_LENGTH, 'wide title ') + 'x' };
    return this.#seated ? { type: 'takeSeat', gathering } : { type: 'giveBackSeat', gathering };
  }

  do(): Promise<Ack> {
    return this.phone.command(withId(this.next()), ANSWER_MS);
  }
}

const people: Person[] = [];

/** A cookie as the node itself would have made it. */
const sessionBy = (secret: string): (() => Session) => {
  const sessions = createSessions({ secrets: [secret], epochOf: () => undefined, now: Date.now, random: randomBytes });
  return () => ({ cookie: sessions.issue(false).setCookie.split(';')[0] ?? '' });
};

const come = async (company: Company): Promise<void> => {
  const { urls, board, count, secret, organiserKey: key } = company;
  const session = sessionBy(secret);
  const one = async (index: number): Promise<void> => {
    const url = urls[index % urls.length] ?? '';
    // They do not watch: what watching costs is what the crowd is for.
    const phone = new Phone({ url, board, session: session(), capture: false, watches: false });
    await phone.arrive([url], ARRIVE_MS);
    accepted(await phone.insist(withId({ type: 'setName', name: `Guest ${index}` })));
    if (key !== undefined) accepted(await phone.insist(withId({ type: 'becomeOrganiser', key })));
    people.push(new Person(phone, company, index));
  };
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => one(from + index)));
  }
};

/** By the clock and not by the answers. Resolves when all have been answered. */
const pace = async ({ rate, seconds }: { readonly rate: number; readonly seconds: number }): Promise<Paced> => {
  const committed: Committed[] = [];
  const refused: Record<string, number> = {};
  const acks = new Histogram();
  const answers: Promise<void>[] = [];
  const began = clock();
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    const due = began + (turn / rate) * 1000;
    if (due > clock()) await pause(due - clock());
    const person = people[turn % people.length];
    if (person === undefined) throw new Error('nobody is here');
    answers.push(
      person.do().then(
        (ack) => {
          if (!ack.ok) refused[ack.code] = (refused[ack.code] ?? 0) + 1;
          else committed.push({ rev: ack.rev, due });
          acks.add(clock() - due);
        },
        () => {
          refused['lost'] = (refused['lost'] ?? 0) + 1;
        },
      ),
    );
  }
  await Promise.all(answers);
  return { committed: committed.sort((a, b) => a.rev - b.rev), acks: acks.counts, refused };
};

/** `waiting` commands under way at any moment. */
const race = async ({ waiting, seconds }: { readonly waiting: number; readonly seconds: number }): Promise<Raced> => {
  const idle = [...people];
  const began = clock();
  let [acknowledged, refused] = [0, 0];
  const runner = async (): Promise<void> => {
    while (clock() - began < seconds * 1000) {
      const person = idle.shift();
      if (person === undefined) throw new Error('more may wait than there are people');
      const ack = await person.do();
      if (ack.ok) acknowledged += 1;
      else refused += 1;
      idle.push(person);
    }
  };
  await Promise.all(Array.from({ length: waiting }, runner));
  people.splice(0, people.length, ...idle);
  return { acknowledged, refused, seconds: (clock() - began) / 1000 };
};

const skills = { come, pace, race };
export type People = typeof skills;

serve(skills);
