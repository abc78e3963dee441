/**
 * Loads a part of a screen that is nobody's first wish, once the screen has been there for a while; without a network it stays away.
 * Called while a component is made. @param ms how long it can wait
 */
export const late = <Part>(ms: number, source: () => Promise<{ readonly default: Part }>): { readonly part: Part | undefined } => {
  let part = $state.raw<Part>();
  $effect(() => {
    const load = (): unknown =>
      source().then(
        ({ default: made }) => (part = made),
        () => undefined,
      );
    const timer = setTimeout(load, ms);
    return () => clearTimeout(timer);
  });
  return {
    get part() {
      return part;
    },
  };
};
