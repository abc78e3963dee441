-- Reads a whole board in one step (S1).
--
-- KEYS[1] head    KEYS[2] records    KEYS[3] tail
--
-- Returns {head or '0.0', {record JSON, ...}, {tail entry JSON, ... oldest first}}.

return {
  redis.call('GET', KEYS[1]) or '0.0',
  redis.call('HVALS', KEYS[2]),
  redis.call('LRANGE', KEYS[3], 0, -1),
}
