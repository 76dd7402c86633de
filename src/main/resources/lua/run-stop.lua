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
  local left = redis.call('PTTL', own(KEYS[2], 'string'))
  local stops = left > 0 and whole(value(KEYS[2])) or 0
  if stops >= tonumber(ARGV[3]) then
    return 'many'
  end
  redis.call('SET', KEYS[2], string.format('%.0f', stops + 1), 'PX', left > 0 and left or ARGV[2])
end
redis.call('HSET', KEYS[1], 'stop', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'unknown'
