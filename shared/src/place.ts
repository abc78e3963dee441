/** A place the organiser names: a booth, corner, bar, hall or address. Gatherings carry their place as text and may name one of these. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { lineSchema } from './text.ts';

/** Stored: `place/<id>`. */
export interface PlaceRecord {
  readonly id: `place/${string}`;
  readonly type: 'place';
  readonly rev: number;
  readonly name: string;
  readonly address: string;
}

/** Audience `public`. */
export interface PlaceView {
  readonly id: `place/${string}`;
  readonly name: string;
  readonly address?: string;
}

export const placeNameSchema = lineSchema(80);
export const addressSchema = lineSchema(200, 0);

/** By an organiser: a new place, or the same one corrected. */
export const putPlace = v.strictObject({
  type: v.literal('putPlace'),
  place: idSchema,
  name: placeNameSchema,
  address: v.optional(addressSchema, ''),
});

/** By an organiser. Gatherings that name it keep their text. */
export const removePlace = v.strictObject({ type: v.literal('removePlace'), place: idSchema });
