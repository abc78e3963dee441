/** Sends a list to be imported. `XMLHttpRequest`, because `fetch` tells nothing of an upload's progress. */
import { readAnswer, type ImportAnswer } from './import-answer.ts';

export type ListFormat = 'ics' | 'csv' | 'json';

/** How far it is: the share of bytes sent (0–1), then entries taken in. */
export type ImportProgress = { readonly kind: 'sending'; readonly share: number } | Extract<ImportAnswer, { kind: 'progress' }>;

/** Resolves with the last word: a report, or an error (`network` where there was no answer at all). Never rejects. */
export const uploadList = (
  slug: string,
  format: ListFormat,
  file: Blob,
  onprogress: (progress: ImportProgress) => void,
): Promise<ImportAnswer> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = (): void => {
      const answer = readAnswer(request.responseText, true);
      const ended = answer !== undefined && answer.kind !== 'progress';
      resolve(ended ? answer : { kind: 'error', code: request.status === 0 ? 'network' : 'internal', message: '' });
    };
    request.open('POST', `/api/boards/${slug}/import?format=${format}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onprogress({ kind: 'sending', share: total === 0 ? 0 : loaded / total });
    request.onprogress = () => {
      const answer = readAnswer(request.responseText, false);
      if (answer?.kind === 'progress') onprogress(answer);
    };
    request.onloadend = end;
    request.send(file);
  });
