-- Asks for the end of a run; also before it is there: the one who asks has chosen its key.
-- KEYS: state, number of stops of who asks. ARGV: why, milliseconds that this is remembered of a run that is not there, most that are remembered
--       within that time (0: any number).
-- Returns: stopping, ended, unknown, or many: it is not remembered.
local known = redis.call('HMGET', KEYS[1], 'fence', 'ended', 'stop')
if known[2] then
  return 'ended'
end
if known[1] then
  redis.call('HSETNX', KEYS[1], 'stop', ARGV[1])
  return 'stopping'
end
if known[3] then
  return 'unknown'
end
if ARGV[3] ~= '0' then
  local stops = redis.call('INCR', own(KEYS[2], 'string'))
  if stops == 1 then
    redis.call('PEXPIRE', KEYS[2], ARGV[2])
  end
  if stops > tonumber(ARGV[3]) then
    return 'many'
  end
end
redis.call('HSET', KEYS[1], 'stop', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'unknown'
