-- Gives the log a new epoch, if it still has the given one. What the old one held is not read any more, and goes in its time.
-- KEYS: epoch, sequence, marks. ARGV: the old epoch, the new one. Returns the epoch that it has now.
local now = redis.call('GET', KEYS[1])
if now ~= ARGV[1] then
  return now
end
local sequence = redis.pcall('GET', KEYS[2])
redis.call('SET', KEYS[2], type(sequence) == 'string' and tonumber(sequence) and sequence or '0')
redis.call('SET', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[3])
return ARGV[2]
