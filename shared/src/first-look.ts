/** What the built client offers the node that sends its pages: to draw what a phone sees before any script runs (P10). */
import type { Language } from './language.ts';
import type { Snapshot } from './protocol.ts';

/** One look of one page. */
export interface FirstLook {
  /** The page's path, without a query: who asks for a choice of the list gets none that anybody else could use. */
  readonly path: string;
  readonly language: Language;
  readonly snapshot: Snapshot;
  /** Epoch ms. */
  readonly now: number;
}

/** The markup of it, which the page's script takes over; empty where there is nothing to be seen yet. */
export type DrawFirstLook = (look: FirstLook) => string;

/** What the built module exports. */
export interface FirstLookModule {
  readonly openFirstLooks: () => Promise<DrawFirstLook>;
}
