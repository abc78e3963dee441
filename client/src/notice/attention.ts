/** What calls for attention while the page is open: the title's and the app's count, and – by choice – sound and vibration. */
import { recall, remember } from '../live/memory.ts';

export const CALLS = ['sound', 'vibration'] as const;
export type Call = (typeof CALLS)[number];

/** Whether the person wants it; off until they say so. */
export const wants = (call: Call): boolean => recall(call) === 'on';

export const choose = (call: Call, on: boolean): void => remember(call, on ? 'on' : undefined);

/** A title with the count before it; a count that it has is replaced. */
export const countedTitle = (title: string, count: number): string => {
  const bare = title.replace(/^\(\d+\) /, '');
  return count === 0 ? bare : `(${count}) ${bare}`;
};

let audio: AudioContext | undefined;

/** Two short tones. A browser that has not been touched yet stays silent. */
const chime = async (): Promise<void> => {
  audio ??= new AudioContext();
  await audio.resume();
  const begin = audio.currentTime;
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = begin + index * 0.16;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.16);
  }
};

/** Calls, in one way: also to let a person hear what they choose. */
export const call = (way: Call): void => {
  // Neither is worth an error: some browsers have none, others want a touch first.
  if (way === 'sound' && typeof AudioContext !== 'undefined') void chime().catch(() => undefined);
  if (way === 'vibration' && 'vibrate' in navigator) navigator.vibrate([90, 70, 90]);
};

/** The count on the app's icon, where there is one. */
export const badge = (count: number): void => {
  if (!('setAppBadge' in navigator)) return;
  const done = count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count);
  done.catch(() => undefined);
};
