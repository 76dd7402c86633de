-- Moves the place up to which the stream of changes was told, and what is known of documents there, if the right is still held.
-- KEYS: lease, place, then for each document: its state. ARGV: the lease's value, the place, then for each document:
--       its state, or nothing to forget it; milliseconds it is kept
-- Returns 0 if the right is not held any more; nothing has been done then.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
for i = 3, #KEYS do
  local state, millis = ARGV[2 * i - 3], ARGV[2 * i - 2]
  if state == '' then
    redis.call('DEL', KEYS[i])
  else
    redis.call('SET', KEYS[i], state, 'PX', millis)
  end
end
redis.call('SET', KEYS[2], ARGV[2])
return 1
