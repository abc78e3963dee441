/** What a phone gets when it opens one of our pages: the server's, which holds the board as it is now; else the one kept here. */

/** How long the server may take before the page kept here is shown instead, in ms. */
const PATIENCE_MS = 2000;

export interface PageParts {
  /** The request is under way already. @throws without a network */
  readonly network: () => Promise<Response>;
  readonly shell: () => Promise<Response | undefined>;
  /** Whether the phone says that there is a network. */
  readonly onLine: boolean;
}

/** A proxy that says that nobody is at home counts as nobody at home; every other word of the server is passed on. */
const isAnswer = (response: Response): boolean => response.status < 500;

export const answerPage = async ({ network, shell, onLine }: PageParts): Promise<Response> => {
  const asked = network();
  const answered = asked.then(
    (response) => (isAnswer(response) ? response : undefined),
    () => undefined,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, onLine ? PATIENCE_MS : 0, undefined)));
  const response = await Promise.race([answered, late]);
  clearTimeout(timer);
  // Without a page of our own there is only the network, however long it takes and whatever it says.
  return response ?? (await shell()) ?? asked;
};
