import { describe, expect, it } from 'vitest';
import type { View } from '@huddle/shared/protocol.ts';
import { liveFixture } from '../gathering/live-fixture.ts';
import { inbox } from './inbox.ts';

const card: View = { id: 'card/dinner', title: 'Dinner', kind: 'meal', start: 0, end: 1, hosts: ['Ada'] };
const moved = { key: 'n1', rev: 5, kind: 'moved', to: 'concerned', place: 'Roof', at: 50 } as const;
const me = (readTo: number): View => ({ id: 'me/p', name: 'Bo', readTo });
const going: View = { id: 'my-rsvp/dinner', status: 'going', party: 1, rev: 2, notices: [moved] };

describe('inbox', () => {
  it('shows what concerns me, newest first, with the title of its gathering', () => {
    const announcement: View = { id: 'notice/a', key: 'a', rev: 9, kind: 'text', to: 'everyone', text: 'Fire drill', at: 90 };
    const { items, unread, newest } = inbox(liveFixture([card, going, announcement, me(0)], { person: 'p' }));
    expect(items.map((item) => [item.kind, item.rev])).toEqual([
      ['announcement', 9],
      ['notice', 5],
    ]);
    expect(items[1]).toMatchObject({ gathering: 'dinner', title: 'Dinner', line: moved });
    expect(unread).toBe(2);
    expect(newest).toBe(9);
  });

  it('counts only what is newer than what I have read on any device', () => {
    expect(inbox(liveFixture([card, going, me(5)], { person: 'p' })).unread).toBe(0);
    expect(inbox(liveFixture([card, going, me(4)], { person: 'p' })).unread).toBe(1);
  });

  it('B4: says so when a seat became free and I got it', () => {
    const promoted: View = { id: 'my-rsvp/dinner', status: 'going', party: 1, rev: 7, promotedAt: 70 };
    expect(inbox(liveFixture([card, promoted, me(6)], { person: 'p' })).items).toMatchObject([{ kind: 'promoted', at: 70, unread: true }]);
  });

  it('tells me that I was taken off the list, or the gathering off the board', () => {
    const declined: View = { id: 'my-rsvp/dinner', status: 'declined', party: 1, rev: 3 };
    const hidden: View = { id: 'my-rsvp/gone', status: 'going', party: 1, rev: 2, hiddenTitle: 'Lunch' };
    expect(inbox(liveFixture([card, declined, hidden, me(0)], { person: 'p' })).items).toMatchObject([
      { kind: 'removed', title: 'Dinner' },
      { kind: 'hidden', title: 'Lunch' },
    ]);
  });

  it('marks nothing unread for a watcher without a session', () => {
    const announcement: View = { id: 'notice/a', key: 'a', rev: 9, kind: 'text', to: 'everyone', text: 'Hello', at: 90 };
    expect(inbox(liveFixture([announcement]))).toMatchObject({ unread: 0, newest: 9 });
  });
});
