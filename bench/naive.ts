/**
 * The obvious design, to see what ours buys: one hash per gathering in Redis, one Lua call per RSVP, and for each change an `io.emit` through
 * `@socket.io/redis-adapter`. Durable as ours is – Redis syncs every write – but it has no batches, no ticks, no receipts and no resume.
 */
import type { Ack, Change, SentCommand } from '@huddle/shared/protocol.ts';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import type { Server } from 'socket.io';
import type { Manner } from './reference.ts';

/** KEYS: the gathering, the revision. ARGV: person, seats or -1 for giving back. Returns seats taken and the revision. */
const RSVP = `
  local going = redis.call('HGET', KEYS[1], ARGV[1])
  local taken = tonumber(redis.call('HGET', KEYS[1], 'taken') or '0')
  if ARGV[2] == '-1' then
    if going == 'going' then taken = taken - 1 end
    redis.call('HDEL', KEYS[1], ARGV[1])
  elseif not going then
    local free = taken < tonumber(ARGV[2])
    redis.call('HSET', KEYS[1], ARGV[1], free and 'going' or 'waiting')
    if free then taken = taken + 1 end
  end
  redis.call('HSET', KEYS[1], 'taken', taken)
  return {taken, redis.call('INCR', KEYS[2])}`;

/** It waits as long as it takes: what it cannot keep up with is to be seen in the figures, not to end the run. */
const clientFor = (url: string) => createClient({ url, RESP: 2, commandOptions: { timeout: 0 } });

/** Everything there is to see. */
const snapshotFor = async (redis: ReturnType<typeof clientFor>, gatherings: readonly string[]): Promise<Change> => {
  const rev = Number((await redis.get('naive:rev')) ?? 0);
  const taken = await Promise.all(gatherings.map((id) => redis.hGet(`naive:${id}`, 'taken')));
  const put = gatherings.map((id, index) => ({ id: `seats/${id}` as const, taken: Number(taken[index] ?? 0) }));
  return { audience: 'public', cursor: `${rev}.t`, put, whole: true };
};

export const naive = async (io: Server, { redisUrl = '', gatherings = [], capacity = 100 }: Manner): Promise<void> => {
  const redis = clientFor(redisUrl);
  const subscriber = redis.duplicate();
  await Promise.all([redis.connect(), subscriber.connect()]);
  io.adapter(createAdapter(redis, subscriber));
  const script = await redis.scriptLoad(RSVP);

  const rsvp = async (person: string, command: SentCommand): Promise<Ack> => {
    if (command.type !== 'takeSeat' && command.type !== 'giveBackSeat') return { ok: true, rev: 0 };
    const { gathering } = command;
    const seats = command.type === 'takeSeat' ? capacity : -1;
    const answer = await redis.evalSha(script, { keys: [`naive:${gathering}`, 'naive:rev'], arguments: [person, String(seats)] });
    const [taken, rev] = (answer as [number, number]).map(Number) as [number, number];
    io.emit('change', { audience: 'public', cursor: `${rev}.t`, put: [{ id: `seats/${gathering}`, taken }] } satisfies Change);
    return { ok: true, rev };
  };

  io.on('connection', (socket) => {
    socket.emit('welcome', { version: 1, serverNow: 0 });
    socket.on('resume', async (_request: unknown, answer: (answer: object) => void) =>
      answer({ change: await snapshotFor(redis, gatherings) }),
    );
    socket.on('command', async (command: SentCommand, answer: (ack: Ack) => void) => answer(await rsvp(socket.id, command)));
  });
};
