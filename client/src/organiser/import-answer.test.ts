import { describe, expect, it } from 'vitest';
import { formatOf, readAnswer } from './import-answer.ts';

describe('the answer to an import', () => {
  it('is read as it arrives: a line cut in the middle waits', () => {
    expect(readAnswer('{"done":200,"of":900}\n{"done":4', false)).toEqual({ kind: 'progress', done: 200, of: 900 });
    expect(readAnswer('', false)).toBeUndefined();
  });

  it('ends with a report, line by line', () => {
    const report = { added: 2, changed: 1, same: 0, skipped: [{ line: 7, field: 'start', reason: 'must be a date' }] };
    expect(readAnswer(`{"done":3,"of":4}\n${JSON.stringify({ report })}\n`, true)).toEqual({ kind: 'report', report });
  });

  it('takes lists of lines for their count', () => {
    expect(readAnswer('{"report":{"added":[1,2],"changed":[],"same":[3],"skipped":[]}}', true)).toMatchObject({
      report: { added: 2, changed: 0, same: 1 },
    });
  });

  it('says what went wrong, and is silent about what it cannot read', () => {
    expect(readAnswer('{"error":{"code":"invalid","message":"no header"}}', true)).toEqual({
      kind: 'error',
      code: 'invalid',
      message: 'no header',
    });
    expect(readAnswer('<html>Bad gateway</html>', true)).toBeUndefined();
  });

  it('knows a format by the ending of its file', () => {
    expect(['a.ICS', 'b.csv', 'c.json', 'd.ical', 'e.xlsx'].map(formatOf)).toEqual(['ics', 'csv', 'json', 'ics', undefined]);
  });
});
