/** `npm run fuzz -- --frames 1000000 --seed 7`: the long form, on a node of its own. */
import { parseArgs } from 'node:util';
import { attacked } from './bystander.ts';
import { Deployment } from './deployment.ts';

const { values } = parseArgs({ options: { frames: { type: 'string', default: '50000' }, seed: { type: 'string' } } });
const frames = Number(values.frames);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
if (!Number.isSafeInteger(frames) || frames < 1 || !Number.isSafeInteger(seed)) {
  console.error('Usage: npm run fuzz -- [--frames 1000000] [--seed 7]: whole numbers, at least one frame.');
  process.exit(2);
}

console.log(`X3: ${frames} frames, repeat with: npm run fuzz -- --frames ${frames} --seed ${seed}`);
const deployment = await Deployment.embedded();
try {
  let said = 0;
  const { wrong, memory, ...thrown } = await attacked(deployment, await deployment.board(), {
    seed,
    frames,
    onProgress: (count) => {
      if (count < said + frames / 10) return;
      said = count;
      console.log(`  ${count} of ${frames}`);
    },
  });
  console.log(`${thrown.frames} frames on ${thrown.connections} connections, ${thrown.requests} requests, 2 of 10 MB.`);
  console.log(`The bystander saw ${thrown.changes} changes. The node's memory: ${memory[0]} MB before, ${memory[1]} MB after.`);
  console.log(wrong.length === 0 ? 'Nothing went wrong.' : `Went wrong:\n${wrong.join('\n')}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await deployment.stop();
}
