/** What a rule is: who may, and what it does (B1, B6). */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { PersonRecord } from '@huddle/shared/person.ts';
import type { CommandOf, CommandType, Refusal } from '@huddle/shared/protocol.ts';
import type { Board } from './board.ts';
import type { KnownRecord } from './records.ts';

/** Who asks, as far as the server itself knows (B6). `admin`: the holder of the deployment's token. `system`: the node. */
export type Actor = { readonly kind: 'person'; readonly id: string } | { readonly kind: 'admin' } | { readonly kind: 'system' };

/** What comes in as data, because rules have no clock and make no ids (B1). */
export interface Context {
  readonly actor: Actor;
  /** Epoch ms. */
  readonly now: number;
  /** The command's own id; a notice takes it. */
  readonly id: string;
}

/** What a command does: records to put, ids gone, and what its sender is told. */
export interface Effect {
  readonly put: readonly KnownRecord[];
  readonly gone?: readonly string[];
  readonly result?: unknown;
}

export type Decision = Effect | { readonly refusal: Refusal };

/** A refusal by code alone, or about a field. */
export const refuse = (code: Refusal['code'], more: Omit<Refusal, 'code'> = {}): { refusal: Refusal } => ({ refusal: { code, ...more } });

/** `invalid`, with the field and the way out. */
export const invalid = (field: string, message: string): { refusal: Refusal } => refuse('invalid', { field, message });

/** What a rule gets to know once its sender has been let in. */
export interface Case extends Context {
  /** The sender's id; '' for admin and system. */
  readonly by: string;
  /** The sender's record; for someone who has none yet, an empty one. */
  readonly person: PersonRecord;
  /** The sender runs the board. */
  readonly organises: boolean;
}

export interface GatheringCase extends Case {
  readonly key: string;
  readonly gathering: GatheringRecord;
}

/**
 * Who may send a command:
 * `guest` – any person with a session who is not banned; `named` – such a person with a name; `host` – a host of the gathering, or an
 * organiser; `organiser` – an organiser of the board, or the admin; `admin` – or the node itself; `system`.
 */
export type Who = 'guest' | 'named' | 'host' | 'organiser' | 'admin' | 'system';

export type Rule<T extends CommandType> =
  | { readonly who: Exclude<Who, 'host'>; readonly decide: (board: Board, command: CommandOf<T>, given: Case) => Decision }
  | { readonly who: 'host'; readonly decide: (board: Board, command: CommandOf<T>, given: GatheringCase) => Decision };

/** The record of a person who has none yet. */
export const stranger = (id: string): PersonRecord => ({
  id: `person/${id}`,
  type: 'person',
  rev: 0,
  name: '',
  organiser: false,
  banned: false,
  readTo: 0,
});
