/** Draws the picture that a chat shows beside a link: 1200 × 630, what matters large enough for a thumb-sized preview. */
import { readFileSync } from 'node:fs';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { directionOf } from '@huddle/shared/language.ts';
import { fontsFor } from './fonts.ts';
import { HEIGHT, WIDTH } from './size.ts';
import type { PictureWords } from './picture-words.ts';

const MARGIN = 72;
const BOTTOM = 50;
/** Less than this of a title drawn says nothing. */
const READABLE = 0.7;
/** How far a full stop may stand beyond the margin, so that it does not begin a line. */
const HANGING = 64;

const PAPER = '#f5f6f2';
const INK = '#18201e';
const SOFT = '#4e5955';
const JADE = '#0c6b56';
const LINE = '#d9ddd4';

const registered = new Set<string>();
/** Registers what the text needs. @returns a CSS font-family list */
const familyFor = (text: string, language: PictureWords['language']): string => {
  const { slices } = fontsFor(text, language);
  for (const { alias, file } of slices) {
    if (!registered.has(alias)) GlobalFonts.register(readFileSync(file), alias);
    registered.add(alias);
  }
  return [...slices.map(({ alias }) => alias), 'sans-serif'].join(', ');
};

/** A pen for one text: knows its font, direction and where lines begin. */
class Pen {
  readonly #context: SKRSContext2D;
  readonly #words: PictureWords;
  readonly #rtl: boolean;

  constructor(context: SKRSContext2D, words: PictureWords) {
    this.#context = context;
    this.#words = words;
    this.#rtl = directionOf(words.language) === 'rtl';
  }

  /** Takes up a font for a text. */
  take(text: string, size: number, weight: number, color: string): void {
    this.#context.font = `${weight} ${size}px ${familyFor(text, this.#words.language)}`;
    this.#context.fillStyle = color;
    this.#context.direction = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text) ? 'rtl' : 'ltr';
    this.#context.textAlign = this.#rtl ? 'right' : 'left';
  }

  /** From the margin where lines begin; `indent` in pixels. */
  write(text: string, y: number, indent = 0): void {
    this.#context.fillText(text, this.at(MARGIN + indent), y);
  }

  /** A distance from the side where lines begin, as x. */
  at(distance: number): number {
    return this.#rtl ? WIDTH - distance : distance;
  }

  width(text: string): number {
    return this.#context.measureText(text).width;
  }

  /** As much of a text as fits, with an ellipsis where something is left out. */
  fit(text: string, room: number): string {
    if (this.width(text) <= room) return text;
    const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
    let [fits, tooMany] = [0, letters.length];
    while (tooMany - fits > 1) {
      const half = (fits + tooMany) >> 1;
      if (this.width(`${letters.slice(0, half).join('')}…`) <= room) fits = half;
      else tooMany = half;
    }
    return `${letters.slice(0, fits).join('').trimEnd()}…`;
  }

  /** Lines of a text, broken between words, or between characters where a language has no blanks. */
  wrap(text: string, room: number): readonly string[] {
    const lines: string[] = [];
    let line = '';
    for (const { segment } of new Intl.Segmenter(this.#words.language, { granularity: 'word' }).segment(text)) {
      const longer = line + segment;
      // What closes a phrase stays with it.
      if (line.trim() === '' || this.width(longer.trimEnd()) <= room || /^[\p{Pe}\p{Pf}\p{Po}]+$/u.test(segment)) line = longer;
      else {
        lines.push(line.trim());
        line = segment;
      }
    }
    lines.push(line.trim());
    return lines;
  }
}

const drawMark = (context: SKRSContext2D, x: number, y: number, size: number): void => {
  const unit = size / 512;
  context.fillStyle = JADE;
  context.beginPath();
  context.roundRect(x, y, size, size, 112 * unit);
  context.fill();
  const dot = (cx: number, cy: number, radius: number, color: string): void => {
    context.fillStyle = color;
    context.beginPath();
    context.arc(x + cx * unit, y + cy * unit, radius * unit, 0, 2 * Math.PI);
    context.fill();
  };
  for (const [cx, cy] of [
    [256, 150],
    [150, 318],
    [362, 318],
  ] as const)
    dot(cx, cy, 54, PAPER);
  dot(256, 262, 26, '#8fe3c7');
};

const drawState = (context: SKRSContext2D, pen: Pen, { text, off }: NonNullable<PictureWords['state']>): void => {
  pen.take(text, 36, 650, off ? SOFT : PAPER);
  const said = pen.fit(text, WIDTH - 2 * MARGIN - 64);
  const width = pen.width(said) + 64;
  const y = HEIGHT - BOTTOM - 72;
  context.fillStyle = off ? LINE : JADE;
  context.beginPath();
  context.roundRect(Math.min(pen.at(MARGIN), pen.at(MARGIN + width)), y, width, 72, 36);
  context.fill();
  context.fillStyle = off ? SOFT : PAPER;
  pen.write(said, y + 49, 32);
};

/** Large on two lines where it fits, else smaller on three. */
const drawTitle = (pen: Pen, words: PictureWords): void => {
  const { covered } = fontsFor(words.title, words.language);
  const title = covered >= READABLE ? words.title || words.instead : words.instead;
  const room = WIDTH - 2 * MARGIN;
  const lines = (size: number): readonly string[] => {
    pen.take(title, size, 750, INK);
    return pen.wrap(title, room);
  };
  const large = lines(72);
  const [size, shown] = large.length <= 2 ? [72, large] : [56, lines(56)];
  const kept = shown.length > 3 ? [...shown.slice(0, 2), shown.slice(2).join(' ')] : shown;
  for (const [index, line] of kept.entries()) pen.write(pen.fit(line, room + HANGING), 140 + size + index * size * 1.18);
};

/** The picture as PNG. */
export const drawPicture = (words: PictureWords): Buffer => {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = JADE;
  context.fillRect(0, 0, WIDTH, 14);
  const pen = new Pen(context, words);
  const room = WIDTH - 2 * MARGIN;

  drawMark(context, Math.min(pen.at(MARGIN), pen.at(MARGIN + 64)), 58, 64);
  pen.take(words.board, 36, 600, SOFT);
  pen.write(pen.fit(words.board, room - 88), 102, 88);

  drawTitle(pen, words);
  // Facts stand above the state, wherever the title ends.
  let y = HEIGHT - BOTTOM - (words.state === undefined ? 16 : 72 + 40);
  for (const [index, fact] of [...words.facts.entries()].reverse()) {
    pen.take(fact, 38, index === 0 ? 600 : 450, index === 0 ? JADE : INK);
    pen.write(pen.fit(fact, room), y);
    y -= 56;
  }
  if (words.state !== undefined) drawState(context, pen, words.state);
  return canvas.toBuffer('image/png');
};
