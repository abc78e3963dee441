import { expect, it, vi } from 'vitest';

it('whoever asks for the words of the other screens waits for them, also when somebody else has asked before', async () => {
  vi.stubGlobal('document', { documentElement: {} });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  const { language, t } = await import('./text.svelte.ts');
  await language.load();
  expect(() => t.gathering).toThrow('not loaded');
  const first = language.loadPages();
  await language.loadPages();
  expect(t.gathering.link).toBe('Link');
  await first;

  // A language that is chosen while another is still being fetched is the one that stays.
  const spanish = language.set('es');
  const korean = language.set('ko');
  await spanish;
  expect([language.chosen, t.gathering.link]).toEqual(['ko', '링크']);
  await korean;
  vi.unstubAllGlobals();
});
