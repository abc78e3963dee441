import type { Ack } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { createJoin } from './join.ts';

const RIGHT = 'K7QM2XWP';
const board = async (code: string): Promise<Ack> => (code === RIGHT ? { ok: true, rev: 1 } : { ok: false, code: 'codeWrong' });

/** Somebody who is asked, and what they were asked. */
const somebody = (answer: boolean) => {
  const asked = { times: 0 };
  const ask = async (): Promise<boolean> => {
    asked.times += 1;
    return answer;
  };
  return { asked, ask };
};

describe('joining a board that asks for a code', () => {
  it('nobody is asked whose link carried it', async () => {
    const { asked, ask } = somebody(false);
    expect([await createJoin({ code: RIGHT, show: board, ask })(), asked.times]).toEqual([true, 0]);
  });

  it('a code that is no longer right is shown once, and then the person is asked', async () => {
    const { asked, ask } = somebody(true);
    const shown: string[] = [];
    const show = (code: string): Promise<Ack> => {
      shown.push(code);
      return board(code);
    };
    const join = createJoin({ code: 'OLDCODE', show, ask });
    expect([await join(), await join(), asked.times, shown]).toEqual([true, true, 2, ['OLDCODE']]);
  });

  it('without an answer nobody is asked yet', async () => {
    const { asked, ask } = somebody(true);
    expect([await createJoin({ code: RIGHT, show: async () => undefined, ask })(), asked.times]).toEqual([undefined, 0]);
  });

  it('a sheet that cannot be loaded is tried again later', async () => {
    const ask = () => Promise.reject(new Error('offline'));
    expect(await createJoin({ code: undefined, show: board, ask })()).toBeUndefined();
  });
});
