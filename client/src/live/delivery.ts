/** One command on its way: what has to be done before it is answered, and when it is to be sent again under the same id. */
import type { Ack, SentCommand } from '@huddle/shared/protocol.ts';
import { backOff } from './back-off.ts';

export interface DeliveryParts {
  /** undefined: no answer. */
  readonly send: (command: SentCommand) => Promise<Ack | undefined>;
  /** Becomes somebody; false: not now. */
  readonly becomeSomebody: () => Promise<boolean>;
  /** Shows the join code that the board asks for; false: the person has none, undefined: not now. */
  readonly join: () => Promise<boolean | undefined>;
  readonly random: () => number;
}

export interface Delivery {
  /** The outcome, or after how many ms it is sent again. */
  readonly deliver: (command: SentCommand) => Promise<Ack | { readonly againAfterMs: number }>;
  /** There is a way again: nothing speaks for waiting long. */
  readonly wake: () => void;
}

/** A refusal that passes sooner than this is waited for; a longer one is the answer. */
const PATIENCE_MS = 15_000;
/** How many sessions that are refused all the same, as where cookies are blocked, make that the outcome. */
const SESSION_TRIES = 4;

/** How long to wait before the same command is sent again; undefined: this is its outcome. */
const waitAfter = (ack: Ack, shortest: number): number | undefined => {
  if (ack.ok || (ack.code !== 'retry' && ack.code !== 'tooMany')) return undefined;
  if (ack.code === 'tooMany' && (ack.retryAfterMs ?? 0) > PATIENCE_MS) return undefined;
  return Math.max(shortest, ack.retryAfterMs ?? 0);
};

export const createDelivery = ({ send, becomeSomebody, join, random }: DeliveryParts): Delivery => {
  let failures = 0;
  let sessionTries = 0;

  const again = (atLeast = 0) => {
    failures += 1;
    return { againAfterMs: Math.max(atLeast, backOff(failures, random(), 500)) };
  };

  const end = (ack: Ack): Ack => {
    failures = 0;
    sessionTries = 0;
    return ack;
  };

  const afterRefusal = async (ack: Extract<Ack, { ok: false }>): ReturnType<Delivery['deliver']> => {
    if (ack.code === 'sessionNeeded' && sessionTries < SESSION_TRIES) {
      // No session to be had is like no answer.
      if (!(await becomeSomebody())) return again();
      sessionTries += 1;
      return { againAfterMs: 0 };
    }
    if (ack.code === 'codeNeeded') {
      const joined = await join();
      if (joined !== false) return joined === undefined ? again() : { againAfterMs: 0 };
    }
    const wait = waitAfter(ack, 500);
    return wait === undefined ? end(ack) : again(wait);
  };

  return {
    deliver: async (command) => {
      const ack = await send(command);
      if (ack === undefined) return again();
      return ack.ok ? end(ack) : afterRefusal(ack);
    },
    wake: () => void (failures = 0),
  };
};
