-- Gives the log a new epoch, if it still has the given one, or none. What the old one held is not read any more, and goes in its time.
-- KEYS: epoch, sequence, marks. ARGV: the old epoch, the new one. Returns the epoch that it has now.
local now = epochOf(KEYS[1])
if now and now ~= ARGV[1] then
  return now
end
redis.call('SET', KEYS[2], string.format('%.0f', whole(value(KEYS[2])) or 0))
redis.call('SET', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[3])
return ARGV[2]
