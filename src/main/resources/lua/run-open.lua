-- Makes a run, unless it is there already.
-- KEYS: state, leases, queue of its room, runs of its owner.
-- ARGV: id, fence, milliseconds of the lease, milliseconds that the state is kept, what to do if the room is busy (enqueue, reject, interrupt),
--       most runs that wait in a room, most runs of an owner, begin of the keys of states, then name and value of each field.
--       A room or an owner of an empty name has no queue, and no limit.
-- Returns: opened, known, busy, full (the room) or many (the owner).
local state, leases, queue, owned = KEYS[1], KEYS[2], own(KEYS[3], 'list'), own(KEYS[4], 'set')
local id, prefix = ARGV[1], ARGV[8]
if redis.call('HEXISTS', state, 'fence') == 1 then
  return 'known'
end
local fields = {}
for i = 9, #ARGV, 2 do
  fields[ARGV[i]] = ARGV[i + 1]
end

local before = {}
if fields.room ~= '' then
  for _, run in ipairs(redis.call('LRANGE', queue, 0, -1)) do
    if alive(prefix .. run) then
      before[#before + 1] = run
    else
      redis.call('LREM', queue, 0, run)
    end
  end
  if #before > 0 and ARGV[5] == 'reject' then
    return 'busy'
  end
  if #before >= tonumber(ARGV[6]) then
    return 'full'
  end
end
if fields.owner ~= '' then
  for _, run in ipairs(redis.call('SMEMBERS', owned)) do
    if not alive(prefix .. run) then
      redis.call('SREM', owned, run)
    end
  end
  if redis.call('SCARD', owned) >= tonumber(ARGV[7]) then
    return 'many'
  end
end

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 9, #ARGV, 2 do
  redis.call('HSET', state, ARGV[i], ARGV[i + 1])
end
redis.call('HSET', state, 'number', '0', 'opened', string.format('%.0f', now), 'fence', ARGV[2])
redis.call('PEXPIRE', state, ARGV[4])
if fields.room ~= '' then
  if ARGV[5] == 'interrupt' then
    for _, run in ipairs(before) do
      redis.call('HSETNX', prefix .. run, 'stop', 'interrupted')
    end
  end
  redis.call('RPUSH', queue, id)
  redis.call('PEXPIRE', queue, ARGV[4])
end
if fields.owner ~= '' then
  redis.call('SADD', owned, id)
  redis.call('PEXPIRE', owned, ARGV[4])
end
redis.call('ZADD', leases, now + tonumber(ARGV[3]), id)
return 'opened'
