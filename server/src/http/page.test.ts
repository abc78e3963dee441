import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { offsetAt } from '@huddle/shared/time.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Doors, HOUR, serve, snapshot } from './door-fixture.ts';
import { createRoutes } from './routes.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open();
});
afterAll(() => doors.close());
beforeEach(() => doors.fresh());

describe('the page', () => {
  const inlined = (text: string): unknown => JSON.parse(/<script type="application\/json" id="snapshot">(.*?)<\/script>/s.exec(text)![1]!);

  test('of a board says what it is, and brings the snapshot', async () => {
    const page = await doors.ask('/b/harbour');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-encoding')).toBe('gzip');
    expect(page.text).toContain('<title>Harbour &lt;/script&gt; &amp; Co · Huddle</title>');
    expect(page.text.match(/<title>/g)).toHaveLength(1);
    expect(page.text.match(/name="description"/g)).toHaveLength(1);
    expect(inlined(page.text)).toMatchObject({ ...snapshot, serverNow: doors.time });
    // The client's, and the snapshot's.
    expect(page.text.match(/<\/script>/g)).toHaveLength(2);
  });

  test('of a gathering says when it is in venue time, where, and whether there are seats', async () => {
    const page = await doors.ask('/b/harbour/g/gathering1');
    expect(page.text).toContain('og:title" content="ZK &quot;corner&quot;, &lt;b&gt;meeting&lt;/b&gt; · Harbour');
    expect(page.text).toMatch(/og:description" content="Sat.*14 Nov.*18:30.*19:30 · Coffee bar · 5 of 8 seats free · with Mei"/);
  });

  test('of a gathering that is not there is the board, as 404', async () => {
    const page = await doors.ask('/b/harbour/g/elsewhere');
    expect(page.status).toBe(404);
    expect(inlined(page.text)).toMatchObject({ cursor: snapshot.cursor });
  });

  test('of the client’s own addresses is the board’s', async () => {
    for (const path of ['/b/harbour/organise', '/b/harbour/g/gathering1/host', '/b/harbour/']) {
      const page = await doors.ask(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(inlined(page.text)).toMatchObject({ cursor: snapshot.cursor });
    }
  });

  test('of no board says so, as 404', async () => {
    for (const path of ['/b/elsewhere', '/b/elsewhere/g/gathering1', '/elsewhere', '/b/_']) {
      const page = await doors.ask(path);
      expect(page.status).toBe(404);
      expect(page.text).toContain('<title>Not found · Huddle</title>');
      expect(page.text).toContain('<div id="app">');
    }
  });

  /** What starts the client, and what it will ask for next. */
  const scriptsIn = (markup: string): readonly string[] =>
    [...markup.matchAll(/<(?:script type="module"|link rel="modulepreload")[^>]* (?:src|href)="([^"]*)"/g)].map(([, path]) => path!);

  test('P10: says what the phone will ask for next: its language, and the screen', async () => {
    const page = async (path: string, language: string): Promise<string> => {
      const { headers, text } = await doors.ask(path, { headers: { 'accept-language': language } });
      expect(headers.get('vary')).toBe('Accept-Language, Cookie, Accept-Encoding');
      return text;
    };
    const board = scriptsIn(await page('/b/harbour', 'en-GB,zh;q=0.5'));
    expect(board).toEqual(['/assets/index-1234.js', '/assets/shared.js', '/assets/en.js', '/assets/plural.js']);
    expect(scriptsIn(await page('/b/harbour', 'fr, zh-TW'))).toContain('/assets/zh-Hant.js');
    expect(scriptsIn(await page('/b/harbour', 'zh-CN, en'))).toContain('/assets/zh-Hans.js');
    expect(await page('/b/harbour', 'ar-EG;q=0.9, en')).toMatch(/<html lang="ar" dir="rtl"[^]*\/assets\/ar\.js/);
    const gathering = scriptsIn(await page('/b/harbour/g/gathering1', 'de'));
    expect(gathering).toEqual(expect.arrayContaining(['/assets/gathering.js', '/assets/en.js']));
    expect(gathering.filter((path) => path === '/assets/shared.js')).toHaveLength(1);
  });

  test('P10: that is drawn is seen at once and whole, before its scripts take the line; where nothing is drawn they come first', async () => {
    const parts = async (path: string) => {
      const { text } = await doors.ask(path);
      const [, head, , later = ''] = /^(.*?)<\/head>(.*?)(?:<template id="later">(.*?)<\/template>|$)/s.exec(text) ?? [];
      return {
        head: scriptsIn(head!),
        later: scriptsIn(later),
        whole: text.includes('<link rel="expect" href="#later" blocking="render" />'),
      };
    };
    const all = ['/assets/index-1234.js', '/assets/shared.js', '/assets/en.js', '/assets/plural.js'];
    expect(await parts('/b/harbour')).toEqual({ head: [], later: all, whole: true });
    expect(await parts('/b/harbour/inbox')).toEqual({ head: all, later: [], whole: false });
  });

  test('P10: is drawn as it is seen first, in the style that it brings along and that its policy names, before the snapshot', async () => {
    const { text, headers } = await doors.ask('/b/harbour/g/gathering1');
    expect(text).toContain('<div id="app"><p lang="en">/b/harbour/g/gathering1</p></div>');
    expect(text.indexOf('id="snapshot"')).toBeGreaterThan(text.indexOf('id="app"'));
    const styles = [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style]) => style!);
    expect(styles).toEqual(['.card{color:red}', '.fact{color:blue}']);
    // Scripts look for the link before they fetch the file; one that is disabled is not fetched.
    expect(text.match(/<link rel="stylesheet"[^>]*>/g)).toEqual([
      '<link rel="stylesheet" disabled href="/assets/first.css" />',
      '<link rel="stylesheet" disabled href="/assets/gathering.css" />',
    ]);
    const policy = headers.get('content-security-policy');
    for (const style of styles) expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).not.toContain('unsafe');
  });

  test('P10: is drawn for its path alone: a choice of the list, another screen, and what is not there are the phone’s to draw', async () => {
    const empty = '<div id="app"></div>';
    for (const path of ['/b/harbour?mine=1', '/b/harbour/post?draft=x', '/b/harbour/inbox', '/b/harbour/g/elsewhere', '/b/elsewhere'])
      expect((await doors.ask(path)).text, path).toContain(empty);
    for (const path of ['/b/harbour', '/b/harbour/post', '/b/harbour/g/gathering1?from=chat'])
      expect((await doors.ask(path)).text, path).not.toContain(empty);
  });

  test('P10: brings along what a phone would have to find out: the board’s clocks, what was said, and what a gathering’s page adds', async () => {
    const { text } = await doors.ask('/b/harbour/g/gathering1', { headers: { 'accept-language': 'es' } });
    const { json } = await doors.ask('/api/boards/harbour/gatherings/gathering1');
    const { zone } = snapshot.board;
    expect(inlined(text)).toMatchObject({
      clocks: { zone, offset: offsetAt(doors.time, zone) },
      texts: { said: 'es' },
      opened: { gathering: 'gathering1', views: (json as { views: unknown }).views },
    });
    expect(inlined((await doors.ask('/b/harbour')).text)).not.toHaveProperty('opened');
  });

  test('P10: is drawn in the language and look that were chosen on this phone, whatever its browser wants', async () => {
    const cookie = 'other=1; huddle.language=ar; huddle.theme=dark';
    const { text } = await doors.ask('/b/harbour', { headers: { 'accept-language': 'en', cookie } });
    expect(text).toContain('<html lang="ar" dir="rtl" data-theme="dark" data-clock="480">');
    const light = await doors.ask('/b/harbour', { headers: { cookie: 'huddle.language=ar; huddle.theme=light' } });
    expect(light.text).toContain('dir="rtl" data-theme="light"');
    expect(text).toContain('<p lang="ar">/b/harbour</p>');
    const odd = await doors.ask('/b/harbour', { headers: { 'accept-language': 'es', cookie: 'huddle.language=x"><b>; huddle.theme=' } });
    expect(odd.text).toContain('<html lang="es" dir="ltr" data-clock="480">');
  });

  test('P10: tells a phone the board’s clock, so that one whose own differs makes room for both; where nothing is drawn it need not', async () => {
    expect((await doors.ask('/b/harbour')).text).toMatch(/<html [^>]*data-clock="480"/);
    expect((await doors.ask('/b/harbour/inbox')).text).not.toContain('data-clock');
  });

  test('works without a first look, should none be had', async () => {
    const broken = { ...doors.parts, firstLook: () => assert.fail('no ink') };
    const served = await serve(createRoutes(broken));
    const page = await fetch(`${served.url}/b/harbour`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="app"></div>')]);
    expect(doors.lines.join()).toContain('no ink');
    await served.close();
  });

  test('B8: tells the time at which it was made, however old the snapshot is', async () => {
    doors.time += HOUR;
    expect(inlined((await doors.ask('/b/harbour')).text)).toMatchObject({ serverNow: doors.time });
  });

  test('is made at most once a second, and 304 for one who has it', async () => {
    const etag = (await doors.ask('/b/harbour')).headers.get('etag')!;
    expect((await doors.ask('/b/harbour', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('of the deployment leads to the only board, else lists them', async () => {
    const one = { slug: 'harbour', name: 'Harbour', from: '2026-11-14', to: '2026-11-15' };
    doors.listed = [one];
    const only = await doors.ask('/');
    expect([only.status, only.headers.get('location')]).toEqual([302, '/b/harbour']);
    doors.listed = [one, { ...one, slug: 'other' }];
    expect((await doors.ask('/')).status).toBe(200);
    expect((await doors.ask('/api/boards')).json).toEqual({ boards: doors.listed });
    const forAdmin = (await doors.ask('/api/boards', { headers: doors.admin })).json['boards'];
    expect(forAdmin).toMatchObject([
      { ...one, organiserUrl: `${doors.url}/b/harbour/organise#organiser-key-of-harbour` },
      { slug: 'other' },
    ]);
  });

  test('names its own address only where the operator said it, because a stranger chooses the Host header', async () => {
    const sent = new Promise<string>((resolve, reject) => {
      const headers = { host: 'evil.example', 'accept-encoding': 'identity' };
      const request = httpRequest(`${doors.url}/b/harbour`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      });
      request.on('error', reject).end();
    });
    expect(await sent).not.toContain('evil.example');
  });
});

describe('iCalendar', () => {
  test('of the board has every gathering', async () => {
    const file = await doors.ask('/b/harbour.ics');
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(file.text).toContain('X-WR-CALNAME:Harbour </script> & Co\r\n');
    expect(file.text).toContain('SUMMARY:ZK "corner"\\, <b>meeting</b>\r\n');
    expect(file.text).toContain('DTSTART:20261114T103000Z\r\n');
  });

  test('of a gathering has its description and link', async () => {
    const file = await doors.ask('/b/harbour/g/gathering1.ics');
    expect(file.text.replaceAll('\r\n ', '')).toContain(`DESCRIPTION:Bring\\; a\\, pen\\n\\n${doors.url}/b/harbour/g/gathering1\r\n`);
    expect((await doors.ask('/b/harbour/g/elsewhere.ics')).status).toBe(404);
    expect((await doors.ask('/b/elsewhere.ics')).status).toBe(404);
  });
});
