/** Handing a link on: the phone's own share sheet, else the clipboard, else by hand – plain http has neither (C6). */

/** `byHand`: show the link, selected, to be copied. `dismissed`: the person closed the share sheet. */
export type Shared = 'shared' | 'copied' | 'byHand' | 'dismissed';

/** What of the browser is used; on plain http both are missing, whatever the types say. */
export type Sharer = { readonly share?: Navigator['share'] } & { readonly clipboard?: Pick<Clipboard, 'writeText'> };

/** Copies a text, where the browser lets a page do so. */
export const copyText = async (text: string, { clipboard }: Sharer = navigator): Promise<'copied' | 'byHand'> => {
  if (clipboard === undefined) return 'byHand';
  try {
    await clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'byHand';
  }
};

/** Shares `url` the best way this browser has. */
export const shareLink = async (title: string, url: string, sharer: Sharer = navigator): Promise<Shared> => {
  if (sharer.share === undefined) return copyText(url, sharer);
  try {
    await sharer.share({ title, url });
    return 'shared';
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'dismissed' : copyText(url, sharer);
  }
};
