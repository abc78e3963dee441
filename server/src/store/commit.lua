-- Writes one commit, all or nothing, and publishes it (S1, S4).
--
-- KEYS[1] head       KEYS[2] records    KEYS[3] tail
-- KEYS[4] receipts of today   KEYS[5] of yesterday   KEYS[6] of tomorrow (another node's clock may run ahead)
--
-- ARGV[1] the head that the commit follows, "<rev>.<token>"    ARGV[2] the head that it makes
-- ARGV[3] tail entry, JSON    ARGV[4] commits that the tail keeps    ARGV[5] seconds that a bucket of receipts lives
-- ARGV[6] PUBLISH or SPUBLISH    ARGV[7] channel    ARGV[8] message
-- ARGV[9] number of records put    ARGV[10] of records gone    ARGV[11] of receipts
-- then for each record put: id, JSON; for each gone: id; for each receipt: key, JSON
--
-- Returns {'committed'}, {'conflict'} or {'known', receipt JSON, ...}.

-- Lua's stack takes some thousand arguments to one call.
local CHUNK = 1000

local put, gone, receipts = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local put_at = 12
local gone_at = put_at + 2 * put
local receipts_at = gone_at + gone

local known = {'known'}
for i = 0, receipts - 1 do
  for bucket = 4, 6 do
    local receipt = redis.call('HGET', KEYS[bucket], ARGV[receipts_at + 2 * i])
    if receipt then known[#known + 1] = receipt end
  end
end
if #known > 1 then return known end

if (redis.call('GET', KEYS[1]) or '0.0') ~= ARGV[1] then return {'conflict'} end

local function in_chunks(command, key, from, count)
  for start = from, from + count - 1, CHUNK do
    redis.call(command, key, unpack(ARGV, start, math.min(start + CHUNK, from + count) - 1))
  end
end

in_chunks('HDEL', KEYS[2], gone_at, gone)
in_chunks('HSET', KEYS[2], put_at, 2 * put)
redis.call('SET', KEYS[1], ARGV[2])
redis.call('RPUSH', KEYS[3], ARGV[3])
redis.call('LTRIM', KEYS[3], -tonumber(ARGV[4]), -1)
if receipts > 0 then
  in_chunks('HSET', KEYS[4], receipts_at, 2 * receipts)
  if redis.call('TTL', KEYS[4]) < 0 then redis.call('EXPIRE', KEYS[4], ARGV[5]) end
end
redis.call(ARGV[6], ARGV[7], ARGV[8])
return {'committed'}
