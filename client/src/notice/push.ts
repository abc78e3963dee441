/** Web Push on this phone: what it can, and how a board is told where to send. The board itself knows whether it does (C1). */
import { idFrom } from '@huddle/shared/ids.ts';
import type { Language } from '@huddle/shared/language.ts';
import type { PushView } from '@huddle/shared/push.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import type { LiveBoardApi } from '../live/api.ts';
import { recall, remember } from '../live/memory.ts';

/** What stands in the way of being told while no page is open; `homeScreen`: on an iPhone or iPad, only what is installed can be. */
export type PushObstacle = 'insecure' | 'homeScreen' | 'missing' | 'denied';

/** What is asked of a browser: a part of `globalThis`. */
export interface PushWorld {
  readonly isSecureContext: boolean;
  readonly navigator: { readonly userAgent: string; readonly maxTouchPoints: number; readonly serviceWorker?: unknown };
  readonly PushManager?: unknown;
  readonly Notification?: { readonly permission: NotificationPermission } | undefined;
}

/** An iPad calls itself a Mac. */
const isApple = ({ userAgent, maxTouchPoints }: PushWorld['navigator']): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);

/** undefined: nothing does. */
export const pushObstacle = (world: PushWorld): PushObstacle | undefined => {
  const { isSecureContext, navigator, PushManager, Notification } = world;
  if (!isSecureContext) return 'insecure';
  if (navigator.serviceWorker === undefined || PushManager === undefined || Notification === undefined)
    return isApple(navigator) ? 'homeScreen' : 'missing';
  return Notification.permission === 'denied' ? 'denied' : undefined;
};

/** What is told, and when not. */
export type PushChoice = Pick<PushView, 'kinds' | 'quiet'>;

/** Where a browser takes messages, as the board is told it. */
type Address = Pick<Extract<CommandInput, { type: 'subscribePush' }>, 'endpoint' | 'p256dh' | 'auth'>;

/** How long a push service may take, in ms. */
const PATIENCE_MS = 20_000;

const addressOf = (subscription: PushSubscription): Address | undefined => {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  return endpoint === undefined || p256dh === undefined || auth === undefined ? undefined : { endpoint, p256dh, auth };
};

const manager = async (): Promise<PushManager | undefined> => {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  if ((await serviceWorker?.getRegistration()) === undefined) return undefined;
  return (await serviceWorker?.ready)?.pushManager;
};

const subscribeAnew = async (): Promise<Address | undefined> => {
  const response = await fetch('/api/push');
  if (!response.ok) return undefined;
  const { key: applicationServerKey } = (await response.json()) as { readonly key: string };
  const push = await manager();
  const subscribe = () => push?.subscribe({ userVisibleOnly: true, applicationServerKey });
  // One that was made for other keys, as after a server that began anew, is in the way.
  const subscription = await subscribe()?.catch(async () => {
    await (await push?.getSubscription())?.unsubscribe();
    return subscribe();
  });
  return subscription && addressOf(subscription);
};

/** Subscribes with the browser's maker. undefined: no answer, or none that helps. Never fails, and does not wait for ever. */
const subscribe = async (): Promise<Address | undefined> => {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
  return Promise.race([subscribeAnew().catch(() => undefined), late]);
};

/** This phone, as boards know it. */
const device = (): string => {
  const known = recall('device');
  if (known !== undefined) return known;
  const made = idFrom(crypto.getRandomValues(new Uint8Array(12)));
  remember('device', made);
  return made;
};

/** What a board tells this phone; undefined: nothing. */
export const pushView = (live: Pick<LiveBoardApi, 'view'>): PushView | undefined => live.view('push', device());

type Subscribing = Extract<CommandInput, { type: 'subscribePush' }>;

/** What this board was told last is kept here, to be told anew when something of it changes. */
const toldOf = ({ slug }: LiveBoardApi): string => `push.${slug}`;

/**
 * Lets this board tell this phone what was chosen, or changes what it tells. To be called by a tap: the browser asks its person first.
 * @returns what is to be sent to the board; `denied`: the person said no; `away`: no push service answered
 */
export const allowPush = async (live: LiveBoardApi, choice: PushChoice, language: Language): Promise<Subscribing | 'denied' | 'away'> => {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const address = await subscribe();
  if (address === undefined) return 'away';
  const command: Subscribing = { type: 'subscribePush', device: device(), ...address, ...choice, kinds: [...choice.kinds], language };
  remember(toldOf(live), JSON.stringify(command));
  return command;
};

/** This phone is told no more by this board; other boards go on. */
export const endPush = (live: LiveBoardApi): CommandInput => {
  remember(toldOf(live));
  return { type: 'unsubscribePush', device: device() };
};

/**
 * Browsers change their addresses, people their language, and a board may have dropped this phone while the push service did not know
 * it: what was chosen here is then told anew.
 */
export const renewPush = async (live: LiveBoardApi, language: Language): Promise<void> => {
  const told = recall(toldOf(live));
  if (told === undefined || pushObstacle(globalThis) !== undefined || Notification.permission !== 'granted') return;
  const subscription = await (await manager())?.getSubscription();
  const address = subscription ? addressOf(subscription) : await subscribe();
  if (address === undefined) return;
  const command: Subscribing = { ...(JSON.parse(told) as Subscribing), ...address, language };
  const text = JSON.stringify(command);
  if (text === told && pushView(live) !== undefined) return;
  if ((await live.do(command)).ok) remember(toldOf(live), text);
};
