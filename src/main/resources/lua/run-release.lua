-- Gives runs up that their maker will not end: the next sweep of any node takes them over. The maker's own words are refused from now on.
-- KEYS: leases, then for each run its state. ARGV: for each run: id, fence, number of its last step.
own(KEYS[1], 'zset')
for i = 2, #KEYS do
  local id, fence = ARGV[3 * i - 5], ARGV[3 * i - 4]
  local known = read(KEYS[i], 'fence', 'ended')
  if known[1] == fence and not known[2] then
    redis.call('HSET', KEYS[i], 'fence', 'nobody')
    redis.call('ZADD', KEYS[1], 0, id)
  end
end
return 0
