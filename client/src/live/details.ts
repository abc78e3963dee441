/** Details that are kept on the phone: of what I go to or host, so that they are there without a network, and of pages opened lately. */
import type { CardView, DetailsView } from '@huddle/shared/gathering.ts';
import type { Delta } from '@huddle/shared/merge.ts';
import type { View } from '@huddle/shared/protocol.ts';

/** How many are kept. */
const KEPT = 200;

const isDetails = (view: View): view is DetailsView => view.id.startsWith('details/');

/** The cards, by gathering, of what I go to, wait for or host, and has not ended. */
export const cardsOfMine = (mine: readonly View[], everybodys: readonly View[], now: number): ReadonlyMap<string, CardView> => {
  const keys = new Set(mine.flatMap(({ id }) => /^(?:my-rsvp|hosting)\/(.+)$/.exec(id)?.[1] ?? []));
  const cards = everybodys.filter((view): view is CardView => view.id.startsWith('card/'));
  return new Map(
    cards.map((card) => [card.id.slice('card/'.length), card] as const).filter(([key, { end }]) => keys.has(key) && end > now),
  );
};

export class KeptDetails {
  readonly #kept = new Map<string, DetailsView>();
  /** By gathering: its card when its details were fetched; a card that changes is another object. */
  readonly #fetchedFor = new Map<string, View>();

  /** Those that the phone had, or that a page has just shown; the newest stay longest. */
  take(views: readonly View[]): void {
    for (const view of views.filter(isDetails)) {
      this.#kept.delete(view.id);
      this.#kept.set(view.id, view);
    }
    for (const id of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(id);
  }

  /** Whose they were signs out. */
  clear(): void {
    this.#kept.clear();
    this.#fetchedFor.clear();
  }

  /**
   * Lets go of what may have been taken back since, because somebody was deleted: details of gatherings that went, or that others host now.
   * @param change of what everybody sees @param before the cards as they were
   */
  hear({ put, gone = [], whole }: Delta<View>, before: (id: string) => View | undefined): void {
    const cards = new Map(put.flatMap((view) => (view.id.startsWith('card/') ? [[view.id, view as CardView] as const] : [])));
    const left = new Set(gone);
    for (const id of [...this.#kept.keys()]) {
      const key = id.slice('details/'.length);
      const [card, last] = [cards.get(`card/${key}`), before(`card/${key}`) as CardView | undefined];
      const went = card === undefined && (whole === true || left.has(`card/${key}`));
      if (!went && (card === undefined || last === undefined || card.hosts.join('\n') === last.hosts.join('\n'))) continue;
      this.#kept.delete(id);
      this.#fetchedFor.delete(key);
    }
  }

  /** @param gathering its id */
  of(gathering: string): DetailsView | undefined {
    return this.#kept.get(`details/${gathering}`);
  }

  get all(): readonly View[] {
    return [...this.#kept.values()];
  }

  /**
   * Fetches details of gatherings, by their cards, that are missing or may have changed since; one after the other, because none is in
   * a hurry. Returns whether there are new ones.
   */
  async fetch(cards: ReadonlyMap<string, View>, ask: (gathering: string) => Promise<readonly View[] | undefined>): Promise<boolean> {
    let found = false;
    for (const [gathering, card] of cards) {
      if (this.#fetchedFor.get(gathering) === card) continue;
      const views = await ask(gathering);
      if (views === undefined) break;
      this.#fetchedFor.set(gathering, card);
      this.take(views);
      found = true;
    }
    return found;
  }
}
