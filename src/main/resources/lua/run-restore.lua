-- Makes the state of a run again that its maker still has, after Redis has lost its data.
-- KEYS: state, text, leases, queue of its room, runs of its owner.
-- ARGV: id, fence, milliseconds of the lease, milliseconds that all is kept, number of the last step, text so far, then name and value of each field.
-- Returns 0 if somebody has made it meanwhile.
if redis.call('HEXISTS', KEYS[1], 'fence') == 1 then
  return 0
end
local fields = {}
for i = 7, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  fields[ARGV[i]] = ARGV[i + 1]
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HSET', KEYS[1], 'number', ARGV[5], 'opened', string.format('%.0f', now), 'fence', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('SET', KEYS[2], ARGV[6], 'PX', ARGV[4])
redis.call('ZADD', KEYS[3], now + tonumber(ARGV[3]), ARGV[1])
if fields.room ~= '' then
  redis.call('RPUSH', KEYS[4], ARGV[1])
  redis.call('PEXPIRE', KEYS[4], ARGV[4])
end
if fields.owner ~= '' then
  redis.call('SADD', KEYS[5], ARGV[1])
  redis.call('PEXPIRE', KEYS[5], ARGV[4])
end
return 1
