/** The snapshot of a board: everything public, encoded and compressed at most once a second, on demand (N6). */
import { gzipSync } from 'node:zlib';
import type { CardView, SeatsView } from '@huddle/shared/gathering.ts';
import type { NoticeView } from '@huddle/shared/notice.ts';
import type { Snapshot, SnapshotGathering } from '@huddle/shared/protocol.ts';
import { cardView, seatsView } from '../board/gathering.ts';
import { noticeView } from '../board/notice.ts';
import { placeView } from '../board/place.ts';
import { boardView } from '../board/self.ts';
import type { SnapshotFile } from './api.ts';
import { cursorOf } from './feed.ts';
import type { Replica } from './replica.ts';

const FRESH_MS = 1000;

const withSeats = (card: CardView, { taken, waiting }: SeatsView): SnapshotGathering => ({
  ...card,
  id: card.id.slice('card/'.length),
  taken,
  ...(waiting === undefined ? {} : { waiting }),
});

export class SnapshotMaker {
  readonly #replica: Replica;
  readonly #now: () => number;
  #file: SnapshotFile | undefined;
  #madeAt = -Infinity;

  constructor(replica: Replica, now: () => number) {
    this.#replica = replica;
    this.#now = now;
  }

  /** @throws Error when the board does not exist */
  get(): SnapshotFile {
    const etag = `"${cursorOf(this.#replica.head)}"`;
    // Made anew even where nothing changed: it tells the time (B8).
    if (this.#file !== undefined && performance.now() - this.#madeAt < FRESH_MS) return this.#file;
    const snapshot = this.#snapshot();
    const json = Buffer.from(JSON.stringify(snapshot));
    this.#file = { snapshot, etag, json, gzip: gzipSync(json) };
    this.#madeAt = performance.now();
    return this.#file;
  }

  /** Forgets what was made: history was lost (S2). */
  drop(): void {
    this.#file = undefined;
  }

  #snapshot(): Snapshot {
    const { board, head } = this.#replica;
    const self = boardView(board);
    if (self === undefined) throw new Error(`there is no board ${this.#replica.slug}`);
    const notices = [...board.noticesOf('').keys()].flatMap((id): NoticeView[] => {
      const view = noticeView(board, id.slice('notice/'.length));
      return view === undefined ? [] : [view];
    });
    const gatherings = [...board.gatherings.keys()].flatMap((key): SnapshotGathering[] => {
      const card = cardView(board, key);
      const seats = seatsView(board, key);
      return card === undefined || seats === undefined ? [] : [withSeats(card, seats)];
    });
    const places = board.all('place').flatMap((place) => placeView(board, place.id.slice('place/'.length)) ?? []);
    return { cursor: cursorOf(head), serverNow: this.#now(), board: self, places, notices, gatherings };
  }
}
