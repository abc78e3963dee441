import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { SnapshotGathering } from '@huddle/shared/protocol.ts';
import { describe, expect, test } from 'vitest';
import { snapshot } from '../http/door-fixture.ts';
import { drawPicture } from './draw.ts';
import { fontsFor } from './fonts.ts';
import { createPainter, PictureBusy } from './painter.ts';
import type { PictureWish } from './picture-worker.ts';
import { gatheringPicture, type PictureWords } from './picture-words.ts';
import { HEIGHT, WIDTH } from './size.ts';

const [gathering] = snapshot.gatherings as readonly [SnapshotGathering];
const wordsOf = (more: Partial<SnapshotGathering>, now = 0): PictureWords =>
  gatheringPicture(snapshot, { ...gathering, ...more }, 'en', now);

describe('what a picture says', () => {
  test('has no place that is for those going alone', () => {
    const { place: _, ...hidden } = gathering;
    expect(gatheringPicture(snapshot, { ...hidden, placeFor: 'going' }, 'en', 0).facts).toHaveLength(1);
  });

  test('is over when it is over, cancelled when it is cancelled', () => {
    expect([wordsOf({}, gathering.end).state, wordsOf({ cancelled: true }, gathering.end).state, wordsOf({ taken: 8 }).state]).toEqual([
      { text: 'over', off: true },
      { text: 'cancelled', off: true },
      { text: 'full, with a waitlist', off: false },
    ]);
  });

  test('keeps letters, and leaves out what would be drawn as something else', () => {
    expect(wordsOf({ title: '🎉 Party\u202e © 8\u0301\u0301\u0301\u0301\u0301 🇭🇰\n<b> \u0301 零知識 نص' }).title).toBe(
      'Party © 8\u0301\u0301\u0301 <b> 零知識 نص',
    );
  });
});

describe('fonts of a picture', () => {
  test('are the few slices that a text needs, the reader’s own first', () => {
    const chinese = fontsFor('零知識 ZK', 'zh-Hant').slices.map(({ alias }) => alias);
    expect(chinese.length).toBeLessThan(8);
    expect(chinese).toContain('noto-sans-latin');
    expect(fontsFor('会', 'ja').slices.at(-1)?.alias).toMatch(/^noto-sans-jp-/);
    expect(fontsFor('会', 'zh-Hans').slices.at(-1)?.alias).toMatch(/^noto-sans-sc-/);
  });

  test('cover the scripts of our languages, and say so where they do not', () => {
    const texts = { en: 'Ω Привет Đặng', 'zh-Hant': '嘅聚會', 'zh-Hans': '体验', ja: 'ゲーム', ko: '모임', es: 'ñ¿', ar: 'لقاء' } as const;
    for (const [language, text] of Object.entries(texts)) expect([text, fontsFor(text, language as 'en').covered]).toEqual([text, 1]);
    expect(fontsFor('ᠮᠣᠩᠭᠣᠯ', 'en').covered).toBe(0);
  });
});

describe('a drawing', () => {
  const size = (png: Buffer): readonly [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

  test('is a PNG of 1200 × 630, whatever is in the title', () => {
    for (const title of ['ZK', '零知識'.repeat(60), 'ᠮᠣᠩᠭᠣᠯ', '', 'x'.repeat(200), '<svg onload="x">'])
      expect(size(drawPicture(wordsOf({ title })))).toEqual([WIDTH, HEIGHT]);
  });

  test('stays sensible where no font has the script: the title gives way to a word for it', () => {
    const unknown = drawPicture(wordsOf({ title: 'ᠮᠣᠩᠭᠣᠯ' }));
    expect(unknown.equals(drawPicture(wordsOf({ title: 'A gathering' })))).toBe(true);
  });
});

/** A thread that draws when told to. */
class Hand extends EventEmitter {
  readonly wishes: PictureWish[] = [];
  postMessage = (wish: PictureWish): unknown => this.wishes.push(wish);
  unref = (): undefined => undefined;
  terminate = async (): Promise<number> => 0;
  draw = (): boolean => this.emit('message', { number: this.wishes.at(-1)?.number, png: Buffer.from('png') });
}

describe('the painter', () => {
  const studio = () => {
    const hands: Hand[] = [];
    const start = (): Worker => {
      const hand = new Hand();
      hands.push(hand);
      return hand as unknown as Worker;
    };
    return { hands, painter: createPainter(start) };
  };

  test('draws once for all who ask for the same, and keeps it', async () => {
    const { hands, painter } = studio();
    const asked = Array.from({ length: 500 }, () => painter.paint(wordsOf({})));
    expect(hands[0]?.wishes).toHaveLength(1);
    hands[0]?.draw();
    expect(new Set((await Promise.all(asked)).map(String))).toEqual(new Set(['png']));
    await painter.paint(wordsOf({}));
    expect(hands[0]?.wishes).toHaveLength(1);
  });

  test('draws one at a time, and refuses what is too much', async () => {
    const { hands, painter } = studio();
    const asked = Array.from({ length: 40 }, (_, n) => painter.paint(wordsOf({ title: `no. ${n}` })).catch((error: unknown) => error));
    expect(hands[0]?.wishes).toHaveLength(1);
    for (let n = 0; n < 32; n += 1) hands[0]?.draw();
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer instanceof PictureBusy)).toHaveLength(8);
  });

  test('gets a new thread when one dies, and serves the others', async () => {
    const { hands, painter } = studio();
    const first = painter.paint(wordsOf({ title: 'first' })).catch((error: unknown) => error);
    const second = painter.paint(wordsOf({ title: 'second' }));
    hands[0]?.emit('error', new Error('out of memory'));
    expect(await first).toBeInstanceOf(PictureBusy);
    hands[1]?.draw();
    expect(String(await second)).toBe('png');
  });

  test('draws in a thread of its own', { timeout: 60_000 }, async () => {
    const painter = createPainter();
    expect((await painter.paint(wordsOf({ title: '零知識' }))).subarray(1, 4).toString()).toBe('PNG');
    await painter.close();
  });
});
