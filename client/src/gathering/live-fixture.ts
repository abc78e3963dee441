/** A live board out of plain views, for tests of what is derived from it. */
import type { DetailsView } from '@huddle/shared/gathering.ts';
import type { Ack, CommandInput, View, ViewByNoun } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi, Pending } from '../live/api.ts';

const nounOf = (view: View): string => view.id.slice(0, view.id.indexOf('/'));

/** A board that shows `views`; what it is told to do lands in `done`, answered with `answer`. */
export const liveFixture = (
  views: readonly View[],
  parts: {
    person?: string;
    now?: number;
    pending?: readonly Pending[];
    answer?: (command: CommandInput) => Ack;
  } = {},
): LiveBoardApi & { readonly done: CommandInput[] } => {
  const done: CommandInput[] = [];
  return {
    slug: 'test',
    standing: { kind: 'live' },
    relaxed: false,
    person: parts.person,
    now: parts.now ?? 0,
    pending: parts.pending ?? [],
    answered: [],
    view: <N extends keyof ViewByNoun>(noun: N, key: string) =>
      views.find((view) => view.id === `${noun}/${key}`) as ViewByNoun[N] | undefined,
    views: <N extends keyof ViewByNoun>(noun: N) => views.filter((view) => nounOf(view) === noun) as unknown as readonly ViewByNoun[N][],
    details: (gathering) => views.find((view): view is DetailsView => view.id === `details/${gathering}`),
    do: (command) => {
      done.push(command);
      return Promise.resolve(parts.answer?.(command) ?? { ok: true, rev: 1 });
    },
    withdraw: () => Promise.resolve(),
    replace: () => Promise.resolve(false),
    hold: () => Promise.resolve(undefined),
    seen: () => Promise.resolve(),
    forget: () => Promise.resolve(),
    open: () => () => undefined,
    done,
  };
};
