import type { CommandInput } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { liveFixture } from '../gathering/live-fixture.ts';
import type { Pending } from '../live/api.ts';
import { outcome, postCommand, type Parsed } from './draft.ts';
import { draftOf, takenUp } from './taken-up.ts';

const command = {
  ...{ type: 'postGathering', gathering: 'tea', title: 'Tea', kind: 'meal', place: 'Bar', address: 'By the lift', placeFor: 'going' },
  ...{ start: 1000, end: 5000, capacity: 8, partyMax: 3, releaseAfter: 10, tags: ['zk'], languages: ['en'] },
  ...{ description: 'Bring a cup', link: 'https://example.org/', second: { language: 'zh-Hant', title: '茶', description: '帶杯子' } },
} as Extract<CommandInput, { type: 'postGathering' }>;
const nothing: Parsed = { title: '', kind: 'corner', start: 0, end: 1, tags: [] };
const waiting = (tried?: true): Pending => ({ id: 'a', command, at: 0, state: { kind: 'waiting', ...(tried && { tried }) } });
const newId = (): string => 'other';

describe('a post that is taken up again', () => {
  it('is sent as it was, its second language too, unless something is changed', () => {
    const draft = draftOf(command);
    expect(
      postCommand(
        draft.gathering,
        outcome(draft, nothing, () => 'Untitled'),
      ),
    ).toEqual(command);
    const changed = { ...draft, touched: { ...draft.touched, title: 'Supper' } };
    expect(
      postCommand(
        draft.gathering,
        outcome(changed, nothing, () => 'Untitled'),
      ),
    ).toEqual({ ...command, title: 'Supper' });
  });

  it('changes what waits, unless that has been sent: it may be on the board', () => {
    expect(takenUp(liveFixture([], { pending: [waiting()] }), 'tea', newId)).toMatchObject({ id: 'a', waits: true });
    expect(takenUp(liveFixture([], { pending: [waiting(true)] }), 'tea', newId)).toBeUndefined();
    expect(takenUp(liveFixture([], { pending: [waiting()] }), 'other', newId)).toBeUndefined();
  });

  it('sends anew what was refused, as another gathering where its id is taken', () => {
    const refused = (code: 'nameNeeded' | 'idTaken') =>
      ({ pending: [], answered: [{ id: 'a', command, ack: { ok: false, code }, seen: false }] }) as const;
    expect(takenUp(refused('nameNeeded'), 'tea', newId)).toMatchObject({ waits: false, draft: { gathering: 'tea' } });
    expect(takenUp(refused('idTaken'), 'tea', newId)).toMatchObject({ waits: false, draft: { gathering: 'other' } });
  });
});
