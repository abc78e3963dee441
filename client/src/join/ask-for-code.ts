/** Asks the person for the board's join code. No screen needs to know: it is the outbox that learns that a code is wanted. */
import { mount, unmount } from 'svelte';
import { language } from '../text/text.svelte.ts';
import type { ShowCode } from './join.ts';
import JoinSheet from './JoinSheet.svelte';

/** Resolves true once a code was taken, false when the sheet was closed. */
export const askForCode = async (show: ShowCode): Promise<boolean> => {
  await language.loadPages();
  return new Promise((resolve) => {
    const settle = (joined: boolean): void => {
      resolve(joined);
      void unmount(sheet);
    };
    const sheet = mount(JoinSheet, { target: document.body, props: { show, settle } });
  });
};
