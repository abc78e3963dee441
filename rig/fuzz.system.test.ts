/** X3: the short form of `npm run fuzz`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attacked } from './bystander.ts';
import { Deployment, type TestBoard } from './deployment.ts';

const FRAMES = 50_000;

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.embedded();
  board = await deployment.board();
});
afterAll(() => deployment.stop());

test('X3: whatever is thrown at a node, it lives on and others do not notice', { timeout: 300_000 }, async () => {
  const { wrong, frames } = await attacked(deployment, board, { seed: 1, frames: FRAMES });
  expect(wrong).toEqual([]);
  expect(frames).toBeGreaterThanOrEqual(FRAMES);
});
