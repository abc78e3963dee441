/**
 * What the node has drawn comes alive part by part (P10): to take over a whole screen in one turn would keep a weak phone deaf for a
 * quarter of a second. A part comes alive when it is its turn, or at once when somebody touches it.
 */
import { flushSync, hydrate, unmount, type Component, type Snippet } from 'svelte';
import Part from './Part.svelte';
import { soon } from './soon.ts';

let takingOver = false;
/** Whether what is being made stands in the page already, or is drawn by a node to stand there. */
export const isDrawn = (): boolean => import.meta.env.SSR || takingOver;

let noted: Snippet[] = [];
/** On a node: notes a part that is left out of the markup, and gives the number that stands for it. */
export const notePart = (part: Snippet): number => noted.push(part) - 1;
/** On a node: the parts noted since it was asked last, by number. */
export const takeParts = (): readonly Snippet[] => {
  const all = noted;
  noted = [];
  return all;
};

/** Parts that stand there drawn, and how to make them alive. */
const asleep = new Map<Element, () => void>();

/** From the outermost to the innermost, before the event itself arrives. */
const rouse = ({ target }: Event): void => {
  const touched = (): (() => void) | undefined => [...asleep].find(([part]) => part.contains(target as Node))?.[1];
  for (let wake = touched(); wake !== undefined; wake = touched()) {
    wake();
    flushSync();
  }
};

/** Takes over what a node has drawn in `target`: at once what is in no part of its own. */
export const takeOver = <Props extends Record<string, unknown>>(component: Component<Props>, target: Element, props: Props): object => {
  for (const type of ['click', 'submit', 'input', 'keydown', 'focusin', 'toggle']) document.addEventListener(type, rouse, true);
  takingOver = true;
  try {
    return hydrate<Props, object>(component, { target, props });
  } finally {
    takingOver = false;
  }
};

/** Attached to a part's element: it comes alive in its turn. */
export const sleep =
  (children: Snippet) =>
  (element: Element): (() => void) => {
    let alive: object | undefined;
    const wake = (): void => {
      takeBack();
      asleep.delete(element);
      alive = takeOver(Part, element, { children });
    };
    const takeBack = soon(wake);
    asleep.set(element, wake);
    return () => {
      takeBack();
      asleep.delete(element);
      if (alive !== undefined) void unmount(alive);
    };
  };
