import { existsSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { startRedis, startRedisCluster, startRedisPair } from './redis.ts';

const started: { stop(): Promise<void> }[] = [];
const keep = <T extends { stop(): Promise<void> }>(server: T): T => {
  started.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

test('a killed server comes back on its port with every write that it acknowledged', async () => {
  const redis = keep(await startRedis());
  await redis.command('SET', 'seat', 'taken');
  await redis.kill();
  await expect(redis.command('PING')).rejects.toThrow();
  await redis.start({ 'maxmemory-policy': 'allkeys-lru' });
  expect(await redis.command('GET', 'seat')).toBe('taken');
  expect(await redis.command('CONFIG', 'GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'allkeys-lru']);
});

test('a replica has what its primary wrote, and can be promoted', async () => {
  const pair = keep(await startRedisPair());
  await pair.primary.command('SET', 'seat', 'taken');
  await vi.waitFor(async () => expect(await pair.replica.command('GET', 'seat')).toBe('taken'));
  await pair.primary.kill();
  await pair.promote();
  expect(await pair.replica.command('GET', 'seat')).toBe('taken');
  expect(await pair.replica.command('SET', 'seat', 'free')).toBe('OK');
});

test('a cluster of three is ok as seen from every node', async () => {
  const cluster = keep(await startRedisCluster());
  for (const server of cluster.servers) expect(await server.command('CLUSTER', 'INFO')).toContain('cluster_slots_ok:16384');
});

test('stop removes the data', async () => {
  const redis = await startRedis();
  await redis.stop();
  expect(existsSync(redis.folder)).toBe(false);
});
