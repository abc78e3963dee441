/** The chips of a post: each says one thing that was understood, and opens its own small sheet. */
import type { IconName } from '../ui/icons.ts';
import type { Touched } from './draft.ts';

export const CHIPS = ['kind', 'start', 'place', 'capacity', 'partyMax', 'tags'] as const;
/** The title is the headline above the chips; it is corrected in the same way. */
export type ChipName = 'title' | (typeof CHIPS)[number];

export const CHIP_ICONS: Partial<Record<ChipName, IconName>> = { start: 'clock', place: 'place', capacity: 'people' };

/** What a chip stands for, by which it is known whether a hand has set it. */
const FIELDS: Record<ChipName, readonly (keyof Touched)[]> = {
  title: ['title'],
  kind: ['kind'],
  start: ['start', 'length'],
  place: ['place', 'address'],
  capacity: ['capacity'],
  partyMax: ['partyMax'],
  tags: ['tags'],
};

/** Whether a hand has set what this chip shows: the line no longer changes it. */
export const isTouched = (chip: ChipName, touched: Readonly<Touched>): boolean => FIELDS[chip].some((field) => field in touched);

/** The chip that shows a field of the command, so that a refusal finds it. */
export const chipOf = (field: string): ChipName | undefined => {
  if (field === 'end') return 'start';
  const names: readonly ChipName[] = ['title', ...CHIPS];
  return names.find((chip) => FIELDS[chip].some((own) => own === field));
};
