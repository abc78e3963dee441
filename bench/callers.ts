/** Those who come through the door, as a process of their own: some at a time, or all at once. */
import type { Cursor } from '@huddle/shared/protocol.ts';
import { snapshotOf } from '@huddle/rig/http.ts';
import { connectPacket, eventPacket } from '@huddle/rig/packet.ts';
import { Phone } from '@huddle/rig/phone.ts';
import { pause } from '@huddle/rig/wait.ts';
import { WebSocket } from 'ws';
import { serve } from './child.ts';
import { clock } from './clock.ts';
import { Histogram } from './histogram.ts';

export interface Call {
  readonly url: string;
  readonly board: string;
  readonly count: number;
  /**
   * `join`: connected, without a word; `cold`: no cursor, so with that of the snapshot they have just taken, as the client does; `asking`: no cursor,
   * and told so before they take it; `recent`: they saw the board a moment ago.
   */
  readonly mode: 'join' | 'cold' | 'asking' | 'recent';
}

/** What a crowd at the door met with. */
export interface Storm {
  /** How often somebody was turned away: with a time to come back, and without a word. */
  readonly told: number;
  readonly untold: number;
  /** Counts of a {@link Histogram}: from the beginning until somebody was in. */
  readonly waits: number[];
}

const AT_ONCE = 40;
/** So that no more come than the gate lets in (N8): whoever is turned away is not what is measured here. */
const APART_MS = 60;
const GIVE_UP_MS = 40_000;
let inside: WebSocket[] = [];

/** Through the door as that mode has it; resolves with the open connection. */
const enter = ({ url, board, mode }: Call, cursor: Cursor | undefined): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      ...{ origin: url, perMessageDeflate: false, skipUTF8Validation: true },
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('turned away without a word')));
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('0')) socket.send(connectPacket({ board, version: 1 }));
      else if (text.startsWith('40') && mode === 'join') resolve(socket);
      else if (text.startsWith('42["welcome"')) socket.send(eventPacket('resume', mode === 'asking' ? {} : { cursor }, 0));
      else if (text.startsWith('430[{"startOver"')) socket.send(eventPacket('resume', { cursor }, 1));
      else if (text.startsWith('43')) resolve(socket);
      else if (text.startsWith('42["bye"')) reject(new Error(`turned away: ${text}`));
      else if (text === '2') socket.send('3');
    });
  });

const cursorOf = async ({ url, board }: Pick<Call, 'url' | 'board'>): Promise<Cursor> => (await snapshotOf(url, board)).snapshot.cursor;

const storm = async ({ url, board, count }: Omit<Call, 'mode'>): Promise<Storm> => {
  const waits = new Histogram();
  let [told, untold] = [0, 0];
  const snapshot = await snapshotOf(url, board);
  const began = clock();
  const come = async (): Promise<void> => {
    const phone = new Phone({ url, board, capture: false, snapshot: () => Promise.resolve(snapshot) });
    while (clock() - began < GIVE_UP_MS) {
      try {
        await phone.connect(url, GIVE_UP_MS);
        await phone.resume();
        waits.add(clock() - began);
        phones.push(phone);
        return;
      } catch {
        if (phone.bye?.comeBackAfterMs === undefined) untold += 1;
        else told += 1;
        await pause(phone.bye?.comeBackAfterMs ?? 1000);
      }
    }
  };
  await Promise.all(Array.from({ length: count }, come));
  return { told, untold, waits: waits.counts };
};
const phones: Phone[] = [];

const skills = {
  cursor: cursorOf,
  call: async ({ cursor, ...call }: Call & { readonly cursor?: Cursor }): Promise<void> => {
    for (let from = 0; from < call.count; from += AT_ONCE) {
      const entering = Array.from({ length: Math.min(AT_ONCE, call.count - from) }, () => enter(call, cursor));
      const [sockets] = await Promise.all([Promise.all(entering), pause(APART_MS)]);
      inside.push(...sockets);
    }
  },
  hangUp: (): void => {
    for (const socket of inside) socket.terminate();
    for (const phone of phones.splice(0)) phone.drop();
    inside = [];
  },
  storm,
};
export type Callers = typeof skills;

serve(skills);
