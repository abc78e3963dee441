-- Reads what changed after a head: tail and current records in one step (S3, S4).
--
-- KEYS[1] head    KEYS[2] records    KEYS[3] tail
--
-- ARGV[1] rev    ARGV[2] token    ARGV[3] the most records that are returned
--
-- Returns {'fork'}, {'tooFar'} or {'change', head, {record JSON, ...}, {id gone, ...}, {tail entry JSON, ...}}.

local CHUNK = 1000

local asked_rev, asked = tonumber(ARGV[1]), ARGV[1] .. '.' .. ARGV[2]
local head = redis.call('GET', KEYS[1]) or '0.0'
if head == asked then return {'change', head, {}, {}, {}} end

local rev = tonumber(string.match(head, '^%d+'))
if asked_rev >= rev then return {'fork'} end

-- The tail is contiguous up to the head, so an entry's place follows from its rev. The entry of the rev asked for tells its token.
local missed = rev - asked_rev
local tail = redis.call('LRANGE', KEYS[3], -missed, -1)
if #tail < missed then return {'tooFar'} end
if asked_rev > 0 then
  local entry = redis.call('LINDEX', KEYS[3], -missed - 1)
  if not entry then return {'tooFar'} end
  if cjson.decode(entry).head.token ~= ARGV[2] then return {'fork'} end
elseif asked ~= '0.0' then
  return {'fork'}
end

local ids, seen = {}, {}
for _, entry in ipairs(tail) do
  for _, id in ipairs(cjson.decode(entry).ids) do
    if not seen[id] then
      seen[id] = true
      ids[#ids + 1] = id
    end
  end
end

if #ids > tonumber(ARGV[3]) then return {'tooFar'} end

local put, gone = {}, {}
for start = 1, #ids, CHUNK do
  local last = math.min(start + CHUNK - 1, #ids)
  local records = redis.call('HMGET', KEYS[2], unpack(ids, start, last))
  for i = start, last do
    local record = records[i - start + 1]
    if record then put[#put + 1] = record else gone[#gone + 1] = ids[i] end
  end
end
return {'change', head, put, gone, tail}
