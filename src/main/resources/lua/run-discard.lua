-- Forgets a run that has no event yet, as if it had never been asked for.
-- KEYS: state, leases, queue of its room, runs of its owner, runs of the address, number of runs that who asks has opened lately. ARGV: id.
local id = ARGV[1]
local isThere = redis.call('DEL', KEYS[1]) == 1
redis.call('ZREM', own(KEYS[2], 'zset'), id)
redis.call('LREM', own(KEYS[3], 'list'), 0, id)
redis.call('SREM', own(KEYS[4], 'set'), id)
redis.call('SREM', own(KEYS[5], 'set'), id)
local opened = whole(value(own(KEYS[6], 'string'))) or 0
if isThere and opened > 0 then
  redis.call('SET', KEYS[6], string.format('%.0f', opened - 1), 'KEEPTTL')
end
return 0
