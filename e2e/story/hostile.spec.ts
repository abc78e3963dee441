/** X4: hostile text in every field, in a real browser: nothing of it runs, no element comes of it, and no layout breaks. */
import type { Page } from '@playwright/test';
import { accepted, HOUR } from '@huddle/rig/deployment.ts';
import { HOSTILE_TEXTS } from '@huddle/rig/hostile-text.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import type { ImportedGathering } from '@huddle/shared/import.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { cleanLine, isBlank } from '@huddle/shared/text.ts';
import { BOARD_NAME, expect, test, type Story } from '../fixtures/story.ts';

/** A plain one between any two of them, to see whether it is still where it was. */
const PLAIN = 'As plain as day';
/** How many an import takes at once without a wait worth mentioning. */
const PART = 2;
/** Of people, notices and places there are fewer, because they have limits an hour. */
const SOME = 24;

/** As much as the field takes; what would be nothing at all begins with a letter. */
const cut = (text: string, most: number): string => {
  const part = Array.from(text).slice(0, most).join('');
  return isBlank(cleanLine(part)) ? `x${part.slice(1)}` : part;
};
const some = (): readonly string[] => HOSTILE_TEXTS.filter((_, index) => index % Math.ceil(HOSTILE_TEXTS.length / SOME) === 0);

const hostileGathering = (text: string): Partial<ImportedGathering> => ({
  title: cut(text, 110),
  description: `${text}\n${text} ${text}`,
  place: cut(text, 100),
  address: cut(text, 100),
  hostName: cut(text, 100),
  tags: [cut(text, 39), 'plain'],
  languages: [cut(text, 30)],
  price: cut(text, 60),
  registration: cut(text, 60),
});
const plainGathering: Partial<ImportedGathering> = { title: PLAIN, place: 'Hall', hostName: 'Hana', tags: ['plain'], languages: ['en'] };

/** What no page of ours is made of, so that it would have come of text. */
const NOT_OURS = ':is(script, iframe, object, embed, base, meta, link, style, form[action], img, template)';

/** The ids, hostile and plain in turn, in the order of their start. */
const fill = async ({ deployment, board }: Story): Promise<readonly { readonly id: string; readonly text: string | undefined }[]> => {
  const start = Date.now() + HOUR;
  const wanted = [...HOSTILE_TEXTS.flatMap((text) => [undefined, text]), undefined].map((text, index) => ({ id: freshId(), text, index }));
  const entries = wanted.map(({ id, text, index }) => ({
    ...(text === undefined ? plainGathering : hostileGathering(text)),
    ...{ line: index + 1, gathering: id, key: id, start: start + index * 60_000, end: start + 3 * HOUR + index * 60_000, capacity: 30 },
  })) as ImportedGathering[];
  for (let at = 0; at < entries.length; at += PART) {
    await deployment.admin(board.slug, { type: 'importGatherings', gatherings: entries.slice(at, at + PART) });
  }
  return wanted;
};

/** A page of ours, and what its heading should say; without, any will do. */
interface Turn {
  readonly path: string;
  readonly heading?: string;
}

/**
 * Goes from page to page without loading one, and gives what must not come of text: something that ran, an element, a page wider than the
 * phone, another heading. All in one call, because each would be a picture in the trace.
 */
const wounds = (page: Page, turns: readonly Turn[]): Promise<readonly string[]> =>
  page.evaluate(
    async ({ all, notOurs }) => {
      // The board stays where it was, behind the page that is shown.
      const headingNow = (): string | undefined =>
        Array.from(document.querySelectorAll('h1')).find((each) => each.checkVisibility())?.textContent;
      const tooFar = (element: Element): boolean => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
      const found = (): string[] => {
        const made = document.querySelectorAll(`main ${notOurs}`);
        const { scrollWidth, clientWidth } = document.documentElement;
        const wide = scrollWidth > clientWidth ? Array.from(document.querySelectorAll('main *')).findLast(tooFar) : undefined;
        return [
          ...('hit' in window ? ['something ran'] : []),
          ...Array.from(made, (element) => element.outerHTML.slice(0, 100)),
          ...(wide === undefined ? [] : [`${scrollWidth - clientWidth} px too wide: ${wide.outerHTML.slice(0, 300)}`]),
        ];
      };
      const wrong: string[] = [];
      for (const { path, heading } of all) {
        history.pushState(history.state, '', path);
        dispatchEvent(new PopStateEvent('popstate'));
        const shown = (): boolean => (heading === undefined ? headingNow() !== undefined : headingNow() === heading);
        for (let frame = 0; frame < 600 && !shown(); frame += 1) await new Promise(requestAnimationFrame);
        if (wrong.length > 4) break;
        wrong.push(...[...(shown() ? [] : [`a heading: ${headingNow() ?? 'none'}`]), ...found()].map((each) => `${path}: ${each}`));
      }
      return wrong;
    },
    { all: turns, notOurs: NOT_OURS },
  );

/** A page of a person who notices what runs, and where requests go. */
const watched = (page: Page): readonly string[] => {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.push(`an error: ${error.message}`));
  page.on('request', (request) => {
    if (!['127.0.0.1', ''].includes(new URL(request.url()).hostname)) seen.push(`a request: ${request.url()}`);
  });
  return seen;
};

test('X4: gatherings of hostile text are text, in the list, on their own pages and in what the server draws', async ({ story }) => {
  test.setTimeout(180_000);
  const all = await fill(story);
  const hostile = all.flatMap(({ id, text }) => (text === undefined ? [] : [{ id, text }]));
  expect(hostile.length).toBeGreaterThanOrEqual(200);
  const { page } = await story.phone({ viewport: { width: 390, height: 844 } });
  const seen = watched(page);
  const cards = page.locator('[data-id]');
  await expect(cards).toHaveCount(all.length);

  await test.step('in the list', async () => {
    const shapes = await cards.evaluateAll((elements) => {
      // Far away cards are not laid out until they come near: here all are.
      for (const element of elements) if (element instanceof HTMLElement) element.style.contentVisibility = 'visible';
      return elements.map((element) => {
        const { left, width, height } = element.getBoundingClientRect();
        const inside = Array.from(element.querySelectorAll('*'), (part) => part.getBoundingClientRect());
        const out = inside.some((part) => part.width > 0 && (part.left < left - 1 || part.right > left + width + 1));
        return { title: element.querySelector('.title')?.textContent ?? '', left, width, height, out };
      });
    });
    expect(shapes.filter(({ out }) => out).map(({ title }) => title)).toEqual([]);
    expect(shapes.filter(({ height }) => height > 700).map(({ title }) => title)).toEqual([]);
    const plain = shapes.filter(({ title }) => title === PLAIN);
    expect(plain).toHaveLength(HOSTILE_TEXTS.length + 1);
    expect(new Set(plain.map(({ left, width, height }) => [left, width, height].join(' '))).size, 'plain cards are all alike').toBe(1);
    expect(shapes.filter(({ title }) => title !== PLAIN).map(({ title }) => title)).toEqual(
      hostile.map(({ text }) => cleanLine(cut(text, 110))),
    );
  });

  await test.step('on its own page', async () => {
    const turns = hostile.map(({ id, text }) => ({ path: `/b/${story.board.slug}/g/${id}`, heading: cleanLine(cut(text, 110)) }));
    expect(await wounds(page, [{ path: `/b/${story.board.slug}` }, ...turns])).toEqual([]);
  });

  await test.step('in the pages as the server sends them', async () => {
    const found = await page.evaluate(
      async ({ slug, ids, notOurs }) => {
        const kindsOf = (elements: readonly Element[]): string[] => elements.map(({ tagName }) => tagName);
        const looked = async (path: string) => {
          const { head, body } = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html');
          const elements = [...head.querySelectorAll('*'), ...body.querySelectorAll('*')];
          const drawn = elements.filter((element) => element.closest('#app') !== null);
          const handlers = elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')));
          return {
            title: head.querySelector('meta[property="og:title"]')?.getAttribute('content') ?? '',
            shape: [...kindsOf(elements.filter((element) => !drawn.includes(element))).sort(), ...handlers].join(' '),
            made: drawn.filter((element) => element.matches(notOurs)).map((element) => element.outerHTML.slice(0, 100)),
            // A link that somebody wrote is marked as theirs, and is of the web.
            ways: drawn.flatMap((element) => {
              const [scheme] = /^\s*[a-z][^/?#]*:/i.exec(element.getAttribute('href') ?? '') ?? [];
              const theirs = element.matches('a[target="_blank"][rel="noopener nofollow ugc"]') && /^https?:$/.test(scheme ?? '');
              return scheme === undefined || theirs ? [] : [scheme];
            }),
          };
        };
        const pages = await Promise.all(ids.map((id) => looked(`/b/${slug}/g/${id}`)));
        return {
          titles: pages.map(({ title }) => title),
          shapes: [...new Set(pages.map(({ shape }) => shape))],
          made: pages.flatMap(({ made }) => made),
          ways: [...new Set(pages.flatMap(({ ways }) => ways))],
        };
      },
      { slug: story.board.slug, ids: all.map(({ id }) => id), notOurs: NOT_OURS },
    );
    expect(found.shapes, 'all pages have the same elements around what is drawn').toHaveLength(1);
    expect(found.made, 'nothing is drawn that runs, loads or sends').toEqual([]);
    expect(found.ways, 'a link that is drawn leads to our own pages, or is marked as somebody else’s').toEqual([]);
    expect(found.titles.map((title) => title.includes(PLAIN))).toEqual(all.map(({ text }) => text === undefined));
  });

  await test.step('in the calendar', async () => {
    const calendar = await page.evaluate(async (path) => (await fetch(path)).text(), `/b/${story.board.slug}.ics`);
    expect(calendar.match(/^BEGIN:VEVENT\r?$/gm)).toHaveLength(all.length);
    expect(calendar.split('\r\n').filter((line) => /^(?:SUMMARY:second|Set-Cookie)/.test(line))).toEqual([]);
  });
  expect(seen).toEqual([]);
});

test('X4: names, notices, announcements, places, reports and the name of the board are text to hosts and organisers', async ({ story }) => {
  test.setTimeout(180_000);
  const { deployment, board } = story;
  const host = await deployment.organiser(board, 'Hana');
  const id = freshId();
  const does = async (command: CommandInput): Promise<void> => void accepted(await host.phone.insist(withId(command)));
  const start = Date.now() + HOUR;
  await does({ type: 'postGathering', gathering: id, title: PLAIN, kind: 'talk', start, end: start + HOUR });
  for (const text of some()) {
    await does({ type: 'putPlace', place: freshId(), name: cut(text, 60), address: cut(text, 100) });
    await does({ type: 'sendNotice', gathering: id, to: 'concerned', text: cut(text, 200) });
    await does({ type: 'announce', text: cut(text, 200) });
    const guest = await deployment.attendee(board, cut(text, 38));
    accepted(await guest.phone.insist(withId({ type: 'takeSeat', gathering: id })));
    accepted(await guest.phone.insist(withId({ type: 'reportGathering', gathering: id, reason: 'other', text: cut(text, 200) })));
    guest.phone.drop();
  }
  const { page } = await story.phone({ session: host.session, viewport: { width: 390, height: 844 } });
  const seen = watched(page);
  const slug = `/b/${board.slug}`;
  const paths = ['', '/inbox', '/plan', '/post', '/organise', `/g/${id}`, `/g/${id}/poster`];
  expect(
    await wounds(
      page,
      paths.map((path) => ({ path: `${slug}${path}` })),
    ),
  ).toEqual([]);
  for (const text of some()) {
    await does({ type: 'editBoard', name: cut(text, 60) });
    expect(await wounds(page, [{ path: slug, heading: cleanLine(cut(text, 60)) }])).toEqual([]);
  }
  await does({ type: 'editBoard', name: BOARD_NAME });
  expect(seen).toEqual([]);
});
