/** Things that change their place glide there: First, Last, Invert, Play. Only what is near the screen moves. */

/** Where each element stood, by its `data-id`; CSS pixels from the top of the screen. */
export type Places = ReadonlyMap<string, number>;

const near = (top: number): boolean => top > -innerHeight / 2 && top < innerHeight * 1.5;

export const placesIn = (list: HTMLElement): Places => {
  const places = new Map<string, number>();
  for (const element of list.querySelectorAll<HTMLElement>('[data-id]')) {
    const { top, height } = element.getBoundingClientRect();
    if (height > 0 && near(top)) places.set(element.dataset['id'] ?? '', top);
  }
  return places;
};

const STILL = '(prefers-reduced-motion: reduce)';
const EASE = 'cubic-bezier(0.2, 0.8, 0.2, 1)';

/** Lets everything that moved since `before` glide, and what is new appear. */
export const glide = (list: HTMLElement, before: Places): void => {
  if (before.size === 0 || matchMedia(STILL).matches) return;
  const elements = [...list.querySelectorAll<HTMLElement>('[data-id]')];
  // All reads before the first write, so that the page is laid out once.
  const tops = elements.map((element) => element.getBoundingClientRect().top);
  elements.forEach((element, index) => {
    const top = tops[index];
    if (top === undefined || !near(top)) return;
    const from = before.get(element.dataset['id'] ?? '');
    if (from === undefined) element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 300, easing: 'ease-out' });
    else if (Math.abs(from - top) > 1) {
      element.animate([{ transform: `translateY(${from - top}px)` }, { transform: 'none' }], { duration: 320, easing: EASE });
    }
  });
};
