import { describe, expect, it } from 'vitest';
import { shareLink } from './share.ts';

const refuse = (name: string) => () => Promise.reject(new DOMException('no', name));
const accept = () => Promise.resolve();

describe('sharing a link', () => {
  it('uses the phone’s own share sheet, and lets it be closed', async () => {
    expect(await shareLink('T', 'u', { share: accept })).toBe('shared');
    expect(await shareLink('T', 'u', { share: refuse('AbortError') })).toBe('dismissed');
  });

  it('copies where there is none, or where it fails', async () => {
    expect(await shareLink('T', 'u', { clipboard: { writeText: accept } })).toBe('copied');
    expect(await shareLink('T', 'u', { share: refuse('NotAllowedError'), clipboard: { writeText: accept } })).toBe('copied');
  });

  it('C6: leaves it to the hand on plain http', async () => {
    expect(await shareLink('T', 'u', {})).toBe('byHand');
    expect(await shareLink('T', 'u', { clipboard: { writeText: refuse('NotAllowedError') } })).toBe('byHand');
  });
});
