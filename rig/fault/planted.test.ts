import { expect, it } from 'vitest';
import { BUGS } from './bug.ts';
import { withBug } from './planted.ts';

it.each(BUGS)('the planted bug still fits the project: $name', (bug) => {
  expect(withBug(bug)).toContain(bug.replace);
});
