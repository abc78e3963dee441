/**
 * Works off the deletions that stand on the board `_`: every board forgets the person, then the disk does. Level-triggered: whatever
 * stops the work – a crash, a store that is away – the records still stand, and any node goes on.
 */
import type { DeletionRecord } from '@huddle/shared/deletion.ts';
import { knows } from '../board/forget.ts';
import type { Actor } from '../board/rule.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';
import type { NodeBoard } from './served-board.ts';

/**
 * So long after a deletion all boards are looked through once more: by then whatever its person had under way when their sessions
 * ended has been decided, on every node.
 */
const AGAIN_MS = 60_000;
/** How often the disk may be made to forget: it is read and written as a whole then. Far more often than the 24 h that are promised. */
const ERASE_EVERY_MS = 3_600_000;

const SYSTEM: Actor = { kind: 'system' };

export interface DeletionParts {
  readonly store: Pick<Store, 'erase'>;
  readonly log: Log;
  /** Epoch ms. */
  now(): number;
  /** The deployment's own board; undefined until it is loaded. */
  deployment(): NodeBoard | undefined;
  /** Boards that this node has loaded: whoever has just asked has one of them open. */
  loaded(): readonly NodeBoard[];
  /** Every listed board, one after the other. @throws StoreAway */
  each(visit: (board: NodeBoard) => Promise<void>): Promise<void>;
}

export class Deletions {
  readonly #parts: DeletionParts;
  /** Deletions, by round, that this node has passed on to all boards. */
  readonly #passed = new Set<string>();
  #erasedAt = -Infinity;
  #working: Promise<void> | undefined;
  #erasing = false;
  #stopped = false;

  constructor(parts: DeletionParts) {
    this.#parts = parts;
  }

  /** What is loaded forgets that person now; the rest follows at the next beats. Never throws: the record stands. */
  async hurry(person: string): Promise<void> {
    for (const board of this.#parts.loaded()) {
      await this.#forgetOn(board, person).catch((error: unknown) => {
        this.#parts.log.warn({ board: board.slug, error }, 'a board could not forget a person yet; it is tried again');
      });
    }
  }

  /** Goes on where there is something to be done; called at every beat, and lets it pass by while it still works. */
  beat(): void {
    if (this.#stopped || this.#working !== undefined || (this.#parts.deployment()?.replica.board.all('deletion') ?? []).length === 0)
      return;
    this.#working = this.#work()
      .catch((error: unknown) => {
        this.#parts.log.warn({ error }, 'a deletion could not be finished yet; it is tried again');
      })
      .finally(() => {
        this.#working = undefined;
      });
  }

  /** Begins nothing more, and resolves when no board is asked any more (N7). The disk may take longer: the record stands until it has. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (!this.#erasing) await this.#working;
  }

  async #work(): Promise<void> {
    const now = this.#parts.now();
    const all = this.#parts.deployment()?.replica.board.all('deletion') ?? [];
    const fresh = all.filter((deletion) => !this.#passed.has(stageOf(deletion, now)));
    await this.#pass(fresh);
    for (const deletion of fresh) this.#passed.add(stageOf(deletion, now));
    const settled = all.filter((deletion) => isSettled(deletion, now));
    if (settled.length === 0 || now - this.#erasedAt < ERASE_EVERY_MS) return;
    // Also where it fails: a server that forbids it is not asked at every beat.
    this.#erasedAt = now;
    this.#erasing = true;
    await this.#parts.store.erase().finally(() => {
      this.#erasing = false;
    });
    for (const deletion of settled) await this.#end(deletion);
  }

  async #pass(deletions: readonly DeletionRecord[]): Promise<void> {
    if (deletions.length === 0) return;
    await this.#parts.each(async (board) => {
      if (this.#stopped) throw new Error('the node leaves');
      for (const deletion of deletions) await this.#forgetOn(board, personOf(deletion));
    });
  }

  /** @throws Error when the board did not do it */
  async #forgetOn(board: NodeBoard, person: string): Promise<void> {
    if (!board.exists || !knows(board.replica.board, person)) return;
    // Two nodes at the same rev mean the same thing: it is done once (B7).
    const id = `forgetPerson.${person}.${board.replica.head.rev.toString(36)}`;
    const ack = await board.submit({ type: 'forgetPerson', person, id }, SYSTEM);
    if (!ack.ok) throw new Error(`a board did not forget: ${ack.code}`);
  }

  async #end(deletion: DeletionRecord): Promise<void> {
    if (this.#stopped) return;
    const person = personOf(deletion);
    const id = `endDeletion.${person}.${deletion.at.toString(36)}`;
    await this.#parts.deployment()?.submit({ type: 'endDeletion', person, id }, SYSTEM);
    for (const stage of [deletion.at, Infinity]) this.#passed.delete(stageOf(deletion, stage));
  }
}

const personOf = ({ id }: DeletionRecord): string => id.slice('deletion/'.length);
const isSettled = ({ at }: DeletionRecord, now: number): boolean => at + AGAIN_MS <= now;
/** Which of its two rounds a deletion is in. */
const stageOf = (deletion: DeletionRecord, now: number): string => `${deletion.id} ${deletion.at} ${isSettled(deletion, now) ? 2 : 1}`;
