/** What can go wrong with the data file, as sentences that say what to do (S5, R9). */

/** The file holds something else than what was written. */
export class Damage extends Error {
  override readonly name = 'Damage';
}

/** `unfit`: the file must not be used on. `away`: nothing of this call was kept; a later one may fare better. */
export interface Trouble {
  readonly kind: 'unfit' | 'away';
  readonly sentence: string;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** Reads an error of the library, the disk or a checksum. */
export const troubleOf = (error: unknown, path: string): Trouble => {
  const code = codeOf(error);
  const detail = error instanceof Error ? error.message : String(error);
  const unfit = (sentence: string): Trouble => ({ kind: 'unfit', sentence });
  if (error instanceof Damage || /^SQLITE_(CORRUPT|NOTADB)/.test(code) || detail === 'unsupported file format') {
    return unfit(`The data file ${path} is damaged (${detail}). Restore a backup in its place, or move it away to begin with nothing.`);
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return unfit(`Another process uses the data file ${path}. Stop that one, or give this one a data folder of its own.`);
  }
  if (/^SQLITE_FULL/.test(code) || code === 'ENOSPC') {
    return { kind: 'away', sentence: `The disk that holds ${path} is full: nothing is kept until there is space again.` };
  }
  if (code === 'EISDIR') return unfit(`${path} is a folder, where the data file must be: move it away, or choose another HUDDLE_DATA.`);
  return unfit(
    `The disk that holds ${path} fails (${code === '' ? '' : `${code}: `}${detail}). Check the disk and the folder's permissions, then start again.`,
  );
};
