-- Reads a whole board in one step (S1).
--
-- KEYS[1] head    KEYS[2] records    KEYS[3] tail
--
-- Returns {head or '0.0', {records as JSON arrays of some thousands, ...}, tail entries as a JSON array, oldest first}: who reads a hundred
-- thousand small texts takes longer than who reads a few large ones.

local PART = 2000

local function array(texts, from, to)
  return '[' .. table.concat(texts, ',', from, to) .. ']'
end

local records, parts = redis.call('HVALS', KEYS[2]), {}
for start = 1, #records, PART do
  parts[#parts + 1] = array(records, start, math.min(start + PART - 1, #records))
end
local tail = redis.call('LRANGE', KEYS[3], 0, -1)
return { redis.call('GET', KEYS[1]) or '0.0', parts, array(tail, 1, #tail) }
