-- Reads a board in parts (S1): a large one would keep everybody else waiting.
--
-- KEYS[1] head    KEYS[2] records    KEYS[3] tail
--
-- ARGV[1] the cursor that the part before came with; '' to begin    ARGV[2] about how many records
--
-- Returns {cursor, or '0' with the last part; records as a JSON array}, and to begin with also {head or '0.0'; tail entries as a JSON array,
-- oldest first}, of the moment of the first part. What changes while the parts are read comes as it was or as it is, or twice; `since` makes it
-- right. Arrays, because who reads a hundred thousand small texts takes longer than who reads a few large ones.

local function array(texts)
  return '[' .. table.concat(texts, ',') .. ']'
end

local begins = ARGV[1] == ''
local found = redis.call('HSCAN', KEYS[2], begins and '0' or ARGV[1], 'COUNT', ARGV[2])
local records = {}
for i = 2, #found[2], 2 do
  records[#records + 1] = found[2][i]
end
if not begins then return { found[1], array(records) } end
return { found[1], array(records), redis.call('GET', KEYS[1]) or '0.0', array(redis.call('LRANGE', KEYS[3], 0, -1)) }
