/** The deployment's list of boards. */

export interface Listed {
  readonly slug: string;
  readonly name: string;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** undefined: not now. */
export const fetchBoards = async (): Promise<readonly Listed[] | undefined> => {
  try {
    const response = await fetch('/api/boards');
    if (!response.ok) return undefined;
    return ((await response.json()) as { readonly boards: readonly Listed[] }).boards;
  } catch {
    return undefined;
  }
};
