/** Showing the join code when the board asks for it: the one that the link carried, else the one that the person knows. */
import type { Ack } from '@huddle/shared/protocol.ts';

/** Shows a code to the board; undefined: no answer. */
export type ShowCode = (code: string) => Promise<Ack | undefined>;

export interface JoinParts {
  /** What the link carried. */
  readonly code: string | undefined;
  readonly show: ShowCode;
  /** Asks the person; false when they would rather not. */
  readonly ask: (show: ShowCode) => Promise<boolean>;
}

/** Joins the board: true once the code has been taken, false when the person knows none, undefined when it has to be tried again. */
export const createJoin = ({ code, show, ask }: JoinParts): (() => Promise<boolean | undefined>) => {
  let carried = code;
  return async () => {
    if (carried !== undefined) {
      const ack = await show(carried);
      if (ack === undefined) return undefined;
      if (ack.ok) return true;
      // It was the code of an old print: asking for it again and again helps nobody.
      if (ack.code === 'codeWrong') carried = undefined;
    }
    return ask(show).catch(() => undefined);
  };
};
