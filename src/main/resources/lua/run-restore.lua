-- Stores the state of a run again that its maker still has, after Redis has lost it, or the last steps of it.
-- KEYS: state, text, leases, queue of its room, runs of its owner, runs of the address, epoch and sequence of the log.
-- ARGV: id, fence, milliseconds of the lease, milliseconds that all is kept, number of the last step, text so far, then name and value of each field.
-- Returns 0 if it is another maker's by now, has ended, or lacks nothing: what has been stored meanwhile is not set back.
local state = KEYS[1]
local known = redis.call('HMGET', state, 'fence', 'opened', 'ended', 'number')
if known[1] and (known[1] ~= ARGV[2] or known[3] or (whole(known[4] or '0') or -1) >= tonumber(ARGV[5])) then
  return 0
end
local fields = {}
for i = 7, #ARGV, 2 do
  redis.call('HSET', state, ARGV[i], ARGV[i + 1])
  fields[ARGV[i]] = ARGV[i + 1]
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('HSET', state, 'number', ARGV[5], 'opened', whole(known[2]) and known[2] or string.format('%.0f', now), 'fence', ARGV[2], 'restored', '1')
-- What is told from now on follows the text.
local epoch, sequence = epochOf(KEYS[7]), whole(value(KEYS[8]))
if epoch and sequence then
  redis.call('HSET', state, 'epoch', epoch, 'place', string.format('%.0f', sequence))
else
  redis.call('HDEL', state, 'epoch', 'place')
end
redis.call('PEXPIRE', state, ARGV[4])
redis.call('SET', KEYS[2], ARGV[6], 'PX', ARGV[4])
redis.call('ZADD', own(KEYS[3], 'zset'), now + tonumber(ARGV[3]), ARGV[1])
if fields.room ~= '' then
  if not redis.call('LPOS', own(KEYS[4], 'list'), ARGV[1]) then
    redis.call('RPUSH', KEYS[4], ARGV[1])
  end
  redis.call('PEXPIRE', KEYS[4], ARGV[4])
end
if fields.owner ~= '' then
  redis.call('SADD', own(KEYS[5], 'set'), ARGV[1])
  redis.call('PEXPIRE', KEYS[5], ARGV[4])
end
if fields.address ~= '' then
  redis.call('SADD', own(KEYS[6], 'set'), ARGV[1])
  redis.call('PEXPIRE', KEYS[6], ARGV[4])
end
return 1
