/** Things that change their place glide there: First, Last, Invert, Play. Only what is near the screen is measured and moves. */

/** Where each card near the screen is seen, by its `data-id`; CSS pixels from the top of the screen. */
export type Places = ReadonlyMap<string, number>;

interface Card {
  readonly element: HTMLElement;
  readonly id: string;
  /** Where it stands once it has glided there; CSS pixels from the top of the screen. */
  readonly top: number;
}

/** The first that satisfies what all after it do too. */
const firstThat = (all: readonly HTMLElement[], holds: (one: HTMLElement) => boolean): number => {
  let [from, to] = [0, all.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const one = all[middle];
    if (one !== undefined && holds(one)) to = middle;
    else from = middle + 1;
  }
  return from;
};

/** The rows that are to be seen, in order. */
const rowsIn = (list: HTMLElement): readonly HTMLElement[] =>
  [...list.querySelectorAll('section > ul, details[open] > ul')]
    .flatMap(({ children }) => [...(children as HTMLCollectionOf<HTMLElement>)])
    .filter(({ hidden }) => !hidden);

/** Cards that reach between two heights: they stand one below the other, also while they glide. */
export const cardsBetween = (list: HTMLElement, from: number, to: number): readonly Card[] => {
  // The list and its rows count from the same ancestor: none in between is positioned.
  const origin = list.getBoundingClientRect().top - list.offsetTop;
  const rows = rowsIn(list);
  const first = firstThat(rows, ({ offsetTop, offsetHeight }) => origin + offsetTop + offsetHeight > from);
  const end = firstThat(rows, ({ offsetTop }) => origin + offsetTop >= to);
  return rows.slice(first, end).flatMap((row) => {
    const element = row.querySelector<HTMLElement>('[data-id]');
    return element === null ? [] : { element, id: element.dataset['id'] ?? '', top: origin + row.offsetTop };
  });
};

const near = (list: HTMLElement): readonly Card[] => cardsBetween(list, -innerHeight / 2, innerHeight * 1.5);

export const placesIn = (list: HTMLElement): Places =>
  new Map(near(list).map(({ element, id }) => [id, element.getBoundingClientRect().top]));

const STILL = '(prefers-reduced-motion: reduce)';
const EASE = 'cubic-bezier(0.2, 0.8, 0.2, 1)';

/** Lets everything that moved since `before` glide, and what is new appear. */
export const glide = (list: HTMLElement, before: Places): void => {
  if (before.size === 0 || matchMedia(STILL).matches) return;
  // All reads before the first write, so that the page is laid out once.
  for (const { element, id, top } of near(list)) {
    const from = before.get(id);
    if (from === undefined) element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 300, easing: 'ease-out' });
    else if (Math.abs(from - top) > 1) {
      element.animate([{ transform: `translateY(${from - top}px)` }, { transform: 'none' }], { duration: 320, easing: EASE });
    }
  }
};
