-- Makes a run, unless it is there already.
-- KEYS: state, leases, queue of its room, runs of its owner, runs of the address.
-- ARGV: id, fence, milliseconds of the lease, milliseconds that the state is kept, what to do if the room is busy (reject; others wait),
--       most runs that wait in a room, most runs of an owner, most of an address (0: any number), begin of the keys of states, then name and value of
--       each field. A room, an owner or an address of an empty name has no queue, and no limit.
-- Returns: opened, known, busy, full (the room), many (the owner) or crowded (the address).
local state, leases, queue, owned, addressed = KEYS[1], KEYS[2], own(KEYS[3], 'list'), own(KEYS[4], 'set'), own(KEYS[5], 'set')
local id, mostOfAddress, prefix = ARGV[1], tonumber(ARGV[8]), ARGV[9]
if redis.call('HEXISTS', state, 'fence') == 1 then
  return 'known'
end
local fields = {}
for i = 10, #ARGV, 2 do
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

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 10, #ARGV, 2 do
  redis.call('HSET', state, ARGV[i], ARGV[i + 1])
end
redis.call('HSET', state, 'number', '0', 'opened', string.format('%.0f', now), 'fence', ARGV[2])
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
redis.call('ZADD', leases, now + tonumber(ARGV[3]), id)
return 'opened'
