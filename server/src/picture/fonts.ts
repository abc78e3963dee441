/**
 * Which font files a text needs. Noto's families come in slices of some hundred characters each, as for the web; a picture loads the few
 * slices that it draws instead of twenty megabytes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Language } from '@huddle/shared/language.ts';
import * as v from 'valibot';

const require = createRequire(import.meta.url);

/** A slice of a family. */
interface Slice {
  /** Under which it is registered: slices of one family must not hide one another. */
  readonly alias: string;
  readonly file: string;
  /** Code points, from and to, inclusive. */
  readonly ranges: readonly (readonly [number, number])[];
}

const rangesSchema = v.record(v.string(), v.string());

/** `U+20-7f,U+4e00` */
const parseRanges = (text: string): Slice['ranges'] =>
  text.split(',').map((range) => {
    const [from = '', to = from] = range.trim().slice(2).split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });

const readFamily = (name: string): readonly Slice[] => {
  const folder = dirname(require.resolve(`@fontsource-variable/${name}/unicode.json`));
  const slices = v.parse(rangesSchema, JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')));
  return Object.entries(slices).map(([key, ranges]) => {
    const slice = key.replace(/[[\]]/g, '');
    return {
      alias: `${name}-${slice}`,
      file: join(folder, 'files', `${name}-${slice}-wght-normal.woff2`),
      ranges: parseRanges(ranges),
    };
  });
};

const families = new Map<string, readonly Slice[]>();
const family = (name: string): readonly Slice[] => {
  let slices = families.get(name);
  if (slices === undefined) families.set(name, (slices = readFamily(name)));
  return slices;
};

const HAN = ['noto-sans-tc', 'noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr'] as const;
/** The same character looks different in each: the reader's own comes first. */
const FIRST: Partial<Record<Language, (typeof HAN)[number]>> = { 'zh-Hans': 'noto-sans-sc', ja: 'noto-sans-jp', ko: 'noto-sans-kr' };

const order = (language: Language): readonly string[] => {
  const first = FIRST[language];
  return ['noto-sans', 'noto-sans-arabic', ...(first === undefined ? [] : [first]), ...HAN.filter((name) => name !== first)];
};

const sliceFor = (code: number, names: readonly string[]): Slice | undefined => {
  for (const name of names) {
    const found = family(name).find(({ ranges }) => ranges.some(([from, to]) => from <= code && code <= to));
    if (found !== undefined) return found;
  }
  return undefined;
};

export interface FontChoice {
  readonly slices: readonly Pick<Slice, 'alias' | 'file'>[];
  /** Which share of the text has a glyph, blanks left aside: 1 all of it. */
  readonly covered: number;
}

/** The slices that a text in that language needs, the best first. */
export const fontsFor = (text: string, language: Language): FontChoice => {
  const names = order(language);
  const characters = Array.from(text).filter((character) => character.trim() !== '');
  const slices = new Set<Slice>();
  let covered = 0;
  for (const character of new Set([...characters, ' ', '…', '·'])) {
    const slice = sliceFor(character.codePointAt(0) ?? 0, names);
    if (slice !== undefined) slices.add(slice);
    if (slice !== undefined) covered += characters.filter((other) => other === character).length;
  }
  const rank = (slice: Slice): number => names.findIndex((name) => slice.alias.replace(/-[^-]*$/, '') === name);
  return { slices: [...slices].sort((a, b) => rank(a) - rank(b)), covered: characters.length === 0 ? 1 : covered / characters.length };
};
