/**
 * What keeps a board live, put together: link, outbox and the phone's memory. Loaded after the page has shown what it brought along, so
 * that the first look waits for none of it.
 */
import { idFrom } from '@huddle/shared/ids.ts';
import type { View } from '@huddle/shared/protocol.ts';
import { codeIn } from '../join/join-link.ts';
import { createJoin } from '../join/join.ts';
import type { Entry, Outcome } from './box.ts';
import { openDatabase, type Shelf } from './database.ts';
import { cardsOfMine, KeptDetails } from './details.ts';
import { forgetSmallThings } from './forget.ts';
import type { LinkListener } from './held.ts';
import { endPushes, sendLater } from '../offline/worker.ts';
import { boardHttp } from './http.ts';
import { createLink, type Link } from './link.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { dialSocket } from './socket.ts';
import { openTabs } from './tabs.ts';

export interface EngineParts {
  readonly slug: string;
  /** The query of the address by which the board was opened: it may carry a join code. */
  readonly search: string;
  readonly listener: LinkListener;
  /** What is in the outbox has changed. */
  readonly entries: (entries: readonly Entry[]) => void;
  readonly unheard: (entry: Entry, ack: Outcome) => void;
}

export interface Engine {
  readonly link: Link;
  readonly outbox: Outbox;
  readonly shelf: Shelf;
  /** Forgets what this phone keeps of its person. */
  readonly forget: () => Promise<void>;
  /** Lets go of the connection; what waits, the next page sends. */
  readonly stop: () => void;
  readonly details: KeptDetails;
  /** Fetches details of what I go to or host, by my views and everybody's. Returns whether there are new ones. @param now the server's clock */
  readonly fetchDetails: (mine: readonly View[], everybodys: readonly View[], now: number) => Promise<boolean>;
}

const { shelf, box } = openDatabase();
// Works on plain http too (C6).
const newId = (): string => idFrom(crypto.getRandomValues(new Uint8Array(12)));

export const createEngine = ({ slug, search, listener, entries, unheard }: EngineParts): Engine => {
  const http = boardHttp(slug);
  const link = createLink({ dial: dialSocket(slug), http, listener, random: Math.random });
  const join = createJoin({
    code: codeIn(search),
    show: (shown) => link.send({ type: 'joinBoard', code: shown, id: newId() }),
    ask: async (show) => (await import('../join/ask-for-code.ts')).askForCode(show),
  });
  let joinedOthers = false;
  /** Another tab, or the worker, has become somebody and had an answer: this page's line is that person's too, or would never hear of it. */
  const joinOthers = (all: readonly Entry[]): void => {
    if (joinedOthers || !link.isNobody || !all.some(({ answer }) => answer?.ack.ok)) return;
    joinedOthers = true;
    void link.becomeSomebody().then((done) => (joinedOthers = done));
  };
  const tabs = openTabs(slug, () => outbox.look());
  const outbox: Outbox = createOutbox({
    board: slug,
    box,
    canSend: () => link.canSend,
    send: link.send,
    becomeSomebody: link.becomeSomebody,
    join,
    newId,
    now: Date.now,
    random: Math.random,
    changed: (all) => {
      entries(all);
      joinOthers(all);
      if (!link.canSend && all.some(({ answer }) => answer === undefined)) void sendLater();
    },
    unheard,
    tell: tabs.tell,
  });
  const forget = async (): Promise<void> => {
    forgetSmallThings();
    await Promise.all([outbox.abandon(), shelf.clear(), endPushes()]);
  };
  const stop = (): void => {
    link.stop();
    outbox.stop();
    tabs.close();
  };
  const details = new KeptDetails();
  const fetchDetails: Engine['fetchDetails'] = (mine, everybodys, now) => details.fetch(cardsOfMine(mine, everybodys, now), http.gathering);
  return { link, outbox, shelf, details, fetchDetails, forget, stop };
};
