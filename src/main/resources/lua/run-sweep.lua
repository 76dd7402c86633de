-- Takes over runs whose makers do not renew them.
-- KEYS: leases, time of the last sweep, end of a quiet time. ARGV: new fence, milliseconds of the lease, most runs, begin of the keys of states.
-- Returns: id, then claimed, ended or strange, for each. Ended ones only have to be closed; strange ones are no runs, and forgotten.
-- When nobody has swept for some time, Redis itself was away: those that make runs get the time of a lease to say that they live.
local clock = redis.call('TIME')
local now, lease = clock[1] * 1000 + math.floor(clock[2] / 1000), tonumber(ARGV[2])
local leases, quiet = own(KEYS[1], 'zset'), own(KEYS[3], 'string')
local last = whole(value(own(KEYS[2], 'string')) or string.format('%.0f', now)) or 0
redis.call('SET', KEYS[2], string.format('%.0f', now))
if now - last > lease / 2 then
  redis.call('SET', quiet, string.format('%.0f', now + lease), 'PX', lease)
end
local till = whole(value(quiet)) or 0
if till > now and till <= now + lease then
  return {}
end
local answer = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local state = ARGV[4] .. id
  local known, isStrange = read(state, 'fence', 'ended', 'number')
  if isStrange then
    answer[#answer + 1] = id
    answer[#answer + 1] = 'strange'
  end
  if not known[1] then
    redis.call('ZREM', leases, id)
  elseif known[2] then
    answer[#answer + 1] = id
    answer[#answer + 1] = 'ended'
  else
    -- Nobody else's steps count from now on, so they may be counted anew.
    redis.call('HSET', state, 'fence', ARGV[1], 'number', whole(known[3]) and known[3] or '0')
    redis.call('ZADD', leases, now + lease, id)
    answer[#answer + 1] = id
    answer[#answer + 1] = 'claimed'
  end
end
return answer
