/** Given / when / then for tests of rules: a board, who does what to it, and what came of it. Nothing here is used by the product. */
import { COMMANDS, type CommandInput, type RefusalCode } from '@huddle/shared/protocol.ts';
import * as v from 'valibot';
import { Board } from './board.ts';
import { decide } from './decide.ts';
import type { StoredRecord } from './records.ts';
import type { Actor, Decision } from './rule.ts';

export const NOON = Date.UTC(2026, 2, 10, 4);
export const MINUTE = 60_000;
export const ADMIN: Actor = { kind: 'admin' };

/** A person whose id is the name, filled up to the form of ids. */
export const person = (name: string): Actor & { kind: 'person' } => ({ kind: 'person', id: name.padEnd(12, '0') });

/** A gathering's key from a short name. */
export const key = (name: string): string => name.padEnd(12, '0');

type PostGathering = Extract<CommandInput, { type: 'postGathering' }>;

/** A command as `postGathering` wants it, with what matters to the test. */
export const post = (name: string, more: Partial<PostGathering> = {}): PostGathering => ({
  type: 'postGathering',
  gathering: key(name),
  title: name,
  kind: 'corner',
  start: NOON,
  end: NOON + 60 * MINUTE,
  ...more,
});

export class Scene {
  readonly board = new Board();
  now = NOON;
  #ids = 0;

  /** Decides and, where it is granted, does it: one command, one commit. */
  does(actor: Actor, command: CommandInput, id?: string): Decision {
    const parsed = v.parse(COMMANDS[command.type], command);
    this.#ids += 1;
    const decision = decide(this.board, parsed, { actor, now: this.now, id: id ?? `command-${String(this.#ids)}` });
    if ('refusal' in decision) return decision;
    this.commit(decision.put, decision.gone ?? []);
    return decision;
  }

  commit(put: readonly StoredRecord[], gone: readonly string[]): void {
    for (const id of gone) this.board.put(id, undefined);
    for (const record of put) this.board.put(record.id, record);
    this.board.rev += 1;
  }

  /** As `does`, for what the test takes for granted. @throws Error when it was refused */
  given(actor: Actor, ...commands: readonly CommandInput[]): this {
    for (const command of commands) {
      const decision = this.does(actor, command);
      if ('refusal' in decision) throw new Error(`given ${command.type}: ${JSON.stringify(decision.refusal)}`);
    }
    return this;
  }

  /** People with names. */
  people(...names: readonly string[]): this {
    for (const name of names) this.given(person(name), { type: 'setName', name });
    return this;
  }

  /** Who is going, with party sizes; and who waits, in order. */
  seats(gathering: string): { going: Record<string, number>; waiting: string[] } {
    const { answers, queue } = this.board.seats(key(gathering));
    const short = (id: string) => id.replace(/0+$/, '');
    const going = [...answers.values()].filter((answer) => answer.status === 'going');
    return {
      going: Object.fromEntries(going.map((answer) => [short(answer.person), answer.party])),
      waiting: queue.map((answer) => short(answer.person)),
    };
  }
}

/** A board that runs from two days before to two days after noon. */
export const aBoard = (): Scene =>
  new Scene().given(ADMIN, {
    type: 'createBoard',
    slug: 'week',
    name: 'Week',
    zone: 'Asia/Hong_Kong',
    from: '2026-03-08',
    to: '2026-03-12',
    organiserKey: 'organiser-key-of-the-week',
  });

/** The organiser of that board. */
export const organiser = person('olga');

/** The reason of a refusal; undefined when it was granted. */
export const refusalOf = (decision: Decision): RefusalCode | undefined => ('refusal' in decision ? decision.refusal.code : undefined);

/** What the sender was told. */
export const resultOf = (decision: Decision): unknown => ('refusal' in decision ? undefined : decision.result);
