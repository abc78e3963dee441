import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Doors, serve } from './door-fixture.ts';
import { createRoutes } from './routes.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open();
});
afterAll(() => doors.close());
beforeEach(() => doors.fresh());

describe('the picture of a link', () => {
  test('says what the gathering’s card says, in venue time and in the language asked for', async () => {
    const picture = await doors.ask('/b/harbour/g/gathering1.png?l=es');
    expect([picture.status, picture.headers.get('content-type'), picture.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'public, max-age=300',
    ]);
    const words = JSON.parse(picture.text) as Readonly<Record<string, unknown>>;
    expect(words).toMatchObject({
      title: 'ZK "corner", <b>meeting</b>',
      board: 'Harbour </script> & Co',
      state: { text: '5 plazas libres de 8', off: false },
    });
    expect(words['facts']).toEqual([expect.stringMatching(/14 nov.*18:30.*19:30/), 'Coffee bar']);
  });

  test('of a board says its days', async () => {
    expect(JSON.parse((await doors.ask('/b/harbour.png')).text)).toMatchObject({
      language: 'en',
      facts: [expect.stringMatching(/^14.–.15 November 2026$/)],
    });
  });

  test('of what is not on the board is not there: a hidden gathering shows nothing', async () => {
    for (const path of ['/b/harbour/g/elsewhere.png', '/b/elsewhere.png', '/b/elsewhere/g/gathering1.png']) {
      const answer = await doors.ask(path);
      expect([answer.status, answer.json['code']]).toEqual([404, 'notFound']);
    }
  });

  test('comes later where too many wait', async () => {
    doors.tired = true;
    const answer = await doors.ask('/b/harbour/g/gathering1.png');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  });

  test('is named by the page with its size and what it shows, where the operator said how people reach it', async () => {
    const served = await serve(createRoutes({ ...doors.parts, publicUrl: 'https://huddle.example' }));
    const head = async (path: string, language = ''): Promise<string> =>
      (await fetch(served.url + path, { headers: { 'accept-language': language } })).text();
    const page = await head('/b/harbour/g/gathering1', 'ar');
    expect(page).toMatch(
      /og:image" content="https:\/\/huddle\.example\/b\/harbour\/g\/gathering1\.png\?l=ar&amp;v=[\w-]{16}" \/>[^]*og:image:width" content="1200"[^]*og:image:height" content="630"[^]*og:image:alt" content="ZK &quot;corner&quot;/,
    );
    expect(page).toMatch(/og:description" content="[^"]*المقاعد الشاغرة: 5 من 8/);
    expect(await head('/b/harbour')).toMatch(/og:image" content="https:\/\/huddle\.example\/b\/harbour\.png\?l=en&amp;v=/);
    await served.close();
    expect((await doors.ask('/b/harbour/g/gathering1')).text).not.toContain('og:image');
  });
});
