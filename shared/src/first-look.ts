/** What the built client offers the node that sends its pages: to draw what a phone sees before any script runs (P10). */
import type { Language } from './language.ts';
import type { Snapshot, View } from './protocol.ts';
import type { Steady } from './time.ts';

/** One look of one page. */
export interface FirstLook {
  /** The page's path, without a query: who asks for a choice of the list gets none that anybody else could use. */
  readonly path: string;
  readonly language: Language;
  readonly snapshot: Snapshot;
  /** What the page of a gathering adds, as everybody may see it. */
  readonly opened: readonly View[];
  /** Epoch ms. */
  readonly now: number;
}

/** Texts by what they were made of. */
export type Texts = Readonly<Record<string, string>>;

export interface Drawn {
  /** The markup of it, which the page's script takes over; empty where there is nothing to be seen yet. */
  readonly body: string;
  /** What was said in it by tables of languages: the phone that takes it over need not look it up again. */
  readonly texts: Texts;
}

export type DrawFirstLook = (look: FirstLook) => Drawn;

/** What the built module exports. */
export interface FirstLookModule {
  readonly openFirstLooks: () => Promise<DrawFirstLook>;
}

/** What a page brings along: what it shows, and what a node has at hand while it takes a phone long to find out. */
export interface Inlined extends Snapshot {
  /** Of a gathering's page: the views of its audience. */
  readonly opened?: { readonly gathering: string; readonly views: readonly View[] } | undefined;
  /** The clocks of the board. */
  readonly clocks: Steady;
  readonly texts?: Texts | undefined;
}
