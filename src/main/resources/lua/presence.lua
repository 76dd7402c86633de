-- Who is online, one step at a time. All times are Redis' own, in milliseconds. Names of keys are made here: the server is one primary.
-- KEYS: what all keys begin with. ARGV: command, then what it takes.
--   nodes     sorted set: name of a node's epoch -> its last renewal      dying    the same of those whose lease has run out
--   moving    set: names of nodes that drain                              held:N   set of "user stream" that N holds
--   streams:U set of "N stream" of a user                                 user:U   what friends are told, see tell()
--   due       sorted set: user -> when the grace ends                     unknown  users of whom it is not known whether they hide
--   changes   stream of what is still to be told                          seen     sorted set: user -> last_seen, still to be stored
--   swept     when somebody looked for the dead last                      calm     until when nobody is declared offline
--   incarnation  a name of all this; another one means that Redis lost its data
local P, command = KEYS[1], ARGV[1]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local KEPT = 7 * 24 * 3600 * 1000
local MOST = 500

local function text(number) return string.format('%.0f', number) end
local function user(id) return P .. 'user:' .. id end
local function streams(id) return redis.call('SCARD', P .. 'streams:' .. id) end
local function isTold(id) return redis.call('HGET', user(id), 'online') == '1' end
local function hides(id)
  local stored = redis.call('HGET', user(id), 'hides')
  return stored and string.match(stored, ':(%d)$') == '1', stored
end

-- Nobody is remembered here for ever: what was last seen is in the database too.
local function keep(id)
  if isTold(id) or streams(id) > 0 then
    redis.call('PERSIST', user(id))
  else
    redis.call('PEXPIRE', user(id), KEPT)
  end
end

-- A state that friends shall know of. Versions grow also when Redis has lost the last one.
local function tell(id, online, seen)
  local version = math.max(now, tonumber(redis.call('HGET', user(id), 'version') or 0) + 1)
  redis.call('HSET', user(id), 'online', online, 'version', text(version))
  if online == '1' then
    redis.call('HSET', user(id), 'active', text(now))
  else
    redis.call('HSET', user(id), 'seen', text(seen))
    redis.call('ZADD', P .. 'seen', text(seen), id)
  end
  redis.call('ZREM', P .. 'due', id)
  keep(id)
  local active, last = unpack(redis.call('HMGET', user(id), 'active', 'seen'))
  redis.call('XADD', P .. 'changes', '*', 'u', id, 'o', online, 'v', text(version), 'a', active or '', 's', last or '')
end

-- Somebody has a stream and may be seen, or not.
local function appear(id)
  local hidden, known = hides(id)
  if not known then
    redis.call('SADD', P .. 'unknown', id)
  elseif not hidden and not isTold(id) and streams(id) > 0 then
    tell(id, '1')
  end
end

-- The last stream has gone at a time; friends are told when the patience with it ends.
local function fade(id, at, patience)
  local left = math.max(at, tonumber(redis.call('HGET', user(id), 'left') or 0))
  if redis.call('EXISTS', user(id)) == 1 then
    redis.call('HSET', user(id), 'left', text(left))
  end
  if streams(id) > 0 then
    return
  end
  redis.call('SREM', P .. 'unknown', id)
  if isTold(id) then
    if patience > now then
      redis.call('ZADD', P .. 'due', text(patience), id)
    else
      tell(id, '0', left)
    end
  end
  keep(id)
end

local function incarnation(fresh)
  redis.call('SETNX', P .. 'incarnation', fresh)
  return redis.call('GET', P .. 'incarnation')
end

local function announced()
  return {redis.call('XLEN', P .. 'changes'), redis.call('SCARD', P .. 'unknown')}
end

-- name, 1 if it is new, 1 if its node drains, name of an incarnation, grace, patience with who moves, number of those who come,
-- (user, stream) of each, (user, stream, milliseconds since) of those who left
-- Returns: 0 if the name does not count any more, else 1; incarnation; how many streams the name holds; changes? unknown?
local function attend(name, new, drains, fresh, grace, moving, come)
  local known = redis.call('ZSCORE', P .. 'nodes', name)
  local named = incarnation(fresh)
  if redis.call('ZSCORE', P .. 'dying', name) or (not known and new ~= '1') then
    return {0, named, 0, 0, 0}
  end
  redis.call('ZADD', P .. 'nodes', text(now), name)
  if drains == '1' then
    redis.call('SADD', P .. 'moving', name)
  end
  local held, i = P .. 'held:' .. name, 9
  for _ = 1, tonumber(come) do
    local id, stream = ARGV[i], ARGV[i + 1]
    redis.call('SADD', P .. 'streams:' .. id, name .. ' ' .. stream)
    redis.call('SADD', held, id .. ' ' .. stream)
    redis.call('ZREM', P .. 'due', id)
    appear(id)
    keep(id)
    i = i + 2
  end
  while ARGV[i] do
    local id, stream, since = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
    redis.call('SREM', held, id .. ' ' .. stream)
    if redis.call('SREM', P .. 'streams:' .. id, name .. ' ' .. stream) == 1 then
      fade(id, now - since, now + tonumber(drains == '1' and moving or grace))
    end
    i = i + 3
  end
  local asked = announced()
  return {1, named, redis.call('SCARD', held), asked[1], asked[2]}
end

-- Ends an epoch whose node goes on under another name, or stops.
local function resign(name)
  local renewed = redis.call('ZSCORE', P .. 'nodes', name)
  if renewed then
    redis.call('ZREM', P .. 'nodes', name)
    redis.call('ZADD', P .. 'dying', text(now), name)
    redis.call('SADD', P .. 'moving', name)
  end
  return {}
end

local function bury(name, renewed, grace, moving)
  local taken = redis.call('SPOP', P .. 'held:' .. name, MOST)
  local drained = redis.call('SISMEMBER', P .. 'moving', name) == 1
  for _, each in ipairs(taken) do
    local id, stream = string.match(each, '^(%S+) (%S+)$')
    redis.call('SREM', P .. 'streams:' .. id, name .. ' ' .. stream)
    -- Who left another node in order a moment ago still has the grace of that.
    local left = tonumber(redis.call('HGET', user(id), 'left') or 0)
    fade(id, renewed, math.max(drained and renewed + moving or 0, left > 0 and left + grace or 0))
  end
  if #taken < MOST then
    redis.call('ZREM', P .. 'dying', name)
    redis.call('SREM', P .. 'moving', name)
    redis.call('DEL', P .. 'held:' .. name)
  end
  return #taken
end

-- lease, grace, patience with who moves, longest pause between two looks, how long it is calm after a longer one
-- Returns: 1 if there is more to do at once; changes? unknown?
local function sweep(lease, grace, moving, longest, quiet)
  local last = tonumber(redis.call('GET', P .. 'swept') or 0)
  redis.call('SET', P .. 'swept', text(now))
  -- Redis was away, or all nodes were: whoever lives has to have time to say so.
  if now - last > longest then
    redis.call('SET', P .. 'calm', text(now + quiet), 'PX', quiet)
  end
  local more = 0
  if redis.call('EXISTS', P .. 'calm') == 0 then
    local dead = redis.call('ZRANGEBYSCORE', P .. 'nodes', '-inf', text(now - lease), 'WITHSCORES')
    for i = 1, #dead, 2 do
      redis.call('ZREM', P .. 'nodes', dead[i])
      redis.call('ZADD', P .. 'dying', dead[i + 1], dead[i])
    end
    local dying = redis.call('ZRANGE', P .. 'dying', 0, 0, 'WITHSCORES')
    if dying[1] then
      bury(dying[1], tonumber(dying[2]), grace, moving)
      more = redis.call('EXISTS', P .. 'dying')
    end
    local due = redis.call('ZRANGEBYSCORE', P .. 'due', '-inf', text(now), 'LIMIT', 0, MOST)
    for _, id in ipairs(due) do
      redis.call('ZREM', P .. 'due', id)
      if streams(id) == 0 and isTold(id) then
        tell(id, '0', tonumber(redis.call('HGET', user(id), 'left') or now))
      end
    end
    if #due == MOST then
      more = 1
    end
  end
  local asked = announced()
  return {more, asked[1], asked[2]}
end

-- (user, revision, 1 if hidden, last_seen or nothing): what the database says of those who were unknown
local function settle()
  for i = 2, #ARGV, 4 do
    local id, revision, hidden, seen = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
    redis.call('SREM', P .. 'unknown', id)
    if redis.call('HSETNX', user(id), 'hides', revision .. ':' .. hidden) == 1 and seen ~= '' then
      redis.call('HSETNX', user(id), 'seen', seen)
    end
    appear(id)
    keep(id)
  end
  return announced()
end

-- Somebody hides from now on, or does not any more; an older word than the last one does not count.
local function hide(id, revision, hidden)
  local _, stored = hides(id)
  if stored and tonumber(string.match(stored, '^%d+')) >= tonumber(revision) then
    return announced()
  end
  redis.call('HSET', user(id), 'hides', revision .. ':' .. hidden)
  redis.call('SREM', P .. 'unknown', id)
  if hidden == '0' then
    appear(id)
  elseif isTold(id) then
    tell(id, '0', streams(id) > 0 and now or tonumber(redis.call('HGET', user(id), 'left') or now))
  end
  keep(id)
  return announced()
end

-- (user, milliseconds since) of who was active
local function active()
  for i = 2, #ARGV, 2 do
    local id, at = ARGV[i], now - tonumber(ARGV[i + 1])
    if isTold(id) and at > tonumber(redis.call('HGET', user(id), 'active') or 0) then
      redis.call('HSET', user(id), 'active', text(at))
    end
  end
  return {}
end

local function states()
  local answer = {}
  for i = 2, #ARGV do
    for _, value in ipairs(redis.call('HMGET', user(ARGV[i]), 'online', 'version', 'active', 'seen')) do
      answer[#answer + 1] = value or ''
    end
  end
  return answer
end

local function changes()
  local answer = {}
  for _, entry in ipairs(redis.call('XRANGE', P .. 'changes', '-', '+', 'COUNT', MOST)) do
    answer[#answer + 1] = entry[1]
    for i = 2, #entry[2], 2 do
      answer[#answer + 1] = entry[2][i]
    end
  end
  return answer
end

local function told()
  return redis.call('XDEL', P .. 'changes', unpack(ARGV, 2))
end

local function unseen()
  return redis.call('ZRANGE', P .. 'seen', 0, MOST - 1, 'WITHSCORES')
end

-- (user, last_seen) that the database has now
local function stored()
  for i = 2, #ARGV, 2 do
    local score = redis.call('ZSCORE', P .. 'seen', ARGV[i])
    if score and tonumber(score) <= tonumber(ARGV[i + 1]) then
      redis.call('ZREM', P .. 'seen', ARGV[i])
    end
  end
  return {}
end

if command == 'attend' then return attend(unpack(ARGV, 2, 8)) end
if command == 'resign' then return resign(ARGV[2]) end
if command == 'sweep' then
  return sweep(tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]))
end
if command == 'unknown' then return redis.call('SRANDMEMBER', P .. 'unknown', MOST) end
local commands = {settle = settle, active = active, states = states, changes = changes, told = told, unseen = unseen, stored = stored}
if command == 'hide' then return hide(ARGV[2], ARGV[3], ARGV[4]) end
return commands[command]()
