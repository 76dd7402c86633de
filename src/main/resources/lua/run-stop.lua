-- Asks for the end of a run; also before it is there: the one who asks has chosen its key.
-- KEYS: state. ARGV: why, milliseconds that this is remembered of a run that is not there.
-- Returns: stopping, ended, or unknown.
local known = redis.call('HMGET', KEYS[1], 'fence', 'ended')
if known[2] then
  return 'ended'
end
redis.call('HSETNX', KEYS[1], 'stop', ARGV[1])
if known[1] then
  return 'stopping'
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'unknown'
