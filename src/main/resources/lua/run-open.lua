-- Makes a run, unless it is there already.
-- KEYS: state, leases, queue of its room, runs of its owner, runs of the address, number of runs that who asks has opened lately.
-- ARGV: id, fence, milliseconds of the lease, milliseconds that the state is kept, what to do if the room is busy (reject; others wait),
--       most runs that wait in a room, most runs of an owner, most of an address (0: any number), begin of the keys of states, most that who asks opens
--       within some time (0: any number), milliseconds of that time, then name and value of each field. A room, an owner or an address of an empty name
--       has no queue, and no limit.
-- Returns: opened, known, busy, full (the room), many (the owner), crowded (the address), or "often" and the milliseconds until who asks may ask again.
local state, leases, queue, owned, addressed = KEYS[1], own(KEYS[2], 'zset'), own(KEYS[3], 'list'), own(KEYS[4], 'set'), own(KEYS[5], 'set')
local id, mostOfAddress, prefix, mostLately = ARGV[1], tonumber(ARGV[8]), ARGV[9], tonumber(ARGV[10])
if redis.call('HEXISTS', state, 'fence') == 1 then
  return 'known'
end
local fields = {}
for i = 12, #ARGV, 2 do
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

-- Those that are gone without a word are looked for when it counts only, and a hundred at a time: an address may have many.
if fields.address ~= '' and mostOfAddress > 0 and redis.call('SCARD', addressed) >= mostOfAddress then
  for _, run in ipairs(redis.call('SRANDMEMBER', addressed, 100)) do
    if not alive(prefix .. run) then
      redis.call('SREM', addressed, run)
    end
  end
  if redis.call('SCARD', addressed) >= mostOfAddress then
    return 'crowded'
  end
end

if mostLately > 0 then
  local left = redis.call('PTTL', own(KEYS[6], 'string'))
  local opened = left > 0 and whole(value(KEYS[6])) or 0
  if opened >= mostLately then
    return 'often ' .. left
  end
  redis.call('SET', KEYS[6], string.format('%.0f', opened + 1), 'PX', left > 0 and left or ARGV[11])
end

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- First, for what is refused after it has to be found by a sweep: it forgets a lease without a run, and ends a run that is here in part.
redis.call('ZADD', leases, now + tonumber(ARGV[3]), id)
for i = 12, #ARGV, 2 do
  redis.call('HSET', state, ARGV[i], ARGV[i + 1])
end
-- No two of a room are opened at the same time: what was asked is in the order of the turns.
local last = #before > 0 and whole(redis.call('HGET', prefix .. before[#before], 'opened')) or 0
redis.call('HSET', state, 'number', '0', 'opened', string.format('%.0f', math.max(now, last + 1)), 'fence', ARGV[2])
redis.call('PEXPIRE', state, ARGV[4])
if fields.room ~= '' then
  redis.call('RPUSH', queue, id)
  redis.call('PEXPIRE', queue, ARGV[4])
end
if fields.owner ~= '' then
  redis.call('SADD', owned, id)
  redis.call('PEXPIRE', owned, ARGV[4])
end
if fields.address ~= '' then
  redis.call('SADD', addressed, id)
  redis.call('PEXPIRE', addressed, ARGV[4])
end
return 'opened'
