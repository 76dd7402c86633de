-- Takes a run that has ended out of the lists of those that are under way.
-- KEYS: state, leases. ARGV: id, begin of the keys of queues, of the keys of owners' runs, and of the keys of addresses' runs.
local known = read(KEYS[1], 'fence', 'ended', 'room', 'owner', 'address')
if known[1] and not known[2] then
  return 0
end
redis.call('ZREM', own(KEYS[2], 'zset'), ARGV[1])
if known[3] and known[3] ~= '' then
  redis.call('LREM', own(ARGV[2] .. known[3], 'list'), 0, ARGV[1])
end
if known[4] and known[4] ~= '' then
  redis.call('SREM', own(ARGV[3] .. known[4], 'set'), ARGV[1])
end
if known[5] and known[5] ~= '' then
  redis.call('SREM', own(ARGV[4] .. known[5], 'set'), ARGV[1])
end
return 1
