/** For whom passkeys are kept. */
import { isHostName } from '@huddle/shared/host-name.ts';
import type { Request, Response } from 'express';
import { refuse } from './answer.ts';
import type { HttpParts } from './parts.ts';

/** To whom a passkey belongs, besides its person: this address and no other. */
export interface Party {
  readonly origin: string;
  /** The host's name, which browsers hold passkeys by. */
  readonly id: string;
}

/**
 * The address that the operator named, else that of the page that asks: the door has seen that it is this deployment's own. Browsers keep
 * passkeys for names alone, on https (or on the machine itself).
 */
const partyOf = ({ publicUrl }: HttpParts, request: Request): Party | undefined => {
  const { origin } = request.headers;
  if (origin === undefined || (publicUrl !== undefined && publicUrl !== origin)) return undefined;
  const { protocol, hostname } = new URL(origin);
  return isHostName(hostname) && (protocol === 'https:' || hostname === 'localhost') ? { origin, id: hostname } : undefined;
};

/** The party that a request is for. Where there can be none it is refused, and needs no further answer. */
export const myParty = (parts: HttpParts, request: Request, response: Response): Party | undefined => {
  const party = partyOf(parts, request);
  if (party === undefined) {
    refuse(response, {
      ...{ code: 'forbidden', field: 'origin' },
      message: `Passkeys are kept for one name, on https: ${parts.publicUrl ?? 'set HUDDLE_PUBLIC_URL, and open the board there'}.`,
    });
  }
  return party;
};
