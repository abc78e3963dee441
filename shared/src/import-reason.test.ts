import { expect, it } from 'vitest';
import { IMPORT_REASONS, importReason, importReasonOf, type ImportReason } from './import-reason.ts';

it('every reason of an import is found again by its sentence, with what differs in it', () => {
  for (const [reason, text] of Object.entries(IMPORT_REASONS) as [ImportReason, string][]) {
    const value = text.includes('#') ? '$1 "x"' : '';
    expect(importReasonOf(importReason(reason, value))).toEqual({ reason, value });
  }
});

it('a sentence that is none of them stays as it is', () => {
  expect(importReasonOf('Invalid type: Expected string')).toBeUndefined();
});
