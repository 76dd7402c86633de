-- Who is online, one step at a time; values.lua stands before it. All times are Redis' own, in milliseconds. Names of keys are made here: the server is
-- one primary.
-- KEYS: what all keys begin with. ARGV: command, the latest time that the caller knows of, then what the command takes.
--   nodes     sorted set: name of a node's epoch -> its last renewal      dying    the same of those whose lease has run out
--   patience  hash: name of a node that ends in order -> milliseconds     held:N   set of "user stream" that N holds
--   steps     hash: name of a node -> number of its last step             clock    hash: what time it was last, see time()
--   streams:U set of "N stream" of a user                                 user:U   what friends are told, see tell()
--   due       sorted set: user -> when the grace ends                     unknown  users of whom it is not known whether they hide
--   changes   stream of what is still to be told                          seen     sorted set: user -> last_seen, still to be stored
--   swept     when somebody looked for the dead last                      calm     until when nobody is declared offline
--   incarnation  a name of all this; another one means that Redis lost its data
-- Refuses with "STRANGE keys" if a foreign hand has made something else of keys that are not one user's: they have begun anew then, the rest is to be
-- asked again. Steps of one user write last what keeps them from being done again: what is refused in between is done by the next try.
local P, command, latest = KEYS[1], ARGV[1], tonumber(ARGV[2])
local KEPT = 7 * 24 * 3600 * 1000
local MOST = 500
-- An end that is told of later than this was held up.
local PROMPT = 1000
local WRITES = {attend = true, resign = true, sweep = true, settle = true}
local TYPES = {nodes = 'zset', dying = 'zset', patience = 'hash', steps = 'hash', clock = 'hash', due = 'zset', unknown = 'set', changes = 'stream',
    seen = 'zset', swept = 'string', calm = 'string', incarnation = 'string'}

local function text(number) return string.format('%.0f', number) end

-- Time never goes back. If Redis' clock does (it was set, or another machine took over), time goes on from where it was, an eighth slower than the
-- clock, until the clock has caught up. A caller knows of times that a Redis which took over has not heard of.
local function time()
  local clock = redis.call('TIME')
  local read = clock[1] * 1000 + math.floor(clock[2] / 1000)
  local last, ahead, since = unpack(redis.call('HMGET', P .. 'clock', 'last', 'ahead', 'since'))
  last, ahead, since = math.max(whole(last) or 0, latest), whole(ahead) or 0, whole(since) or 0
  local told = read + math.max(0, ahead - math.floor(math.max(0, read - since) / 8))
  if told < last then
    told, ahead, since = last, last - read, read
  end
  if WRITES[command] then
    redis.call('HSET', P .. 'clock', 'last', text(told), 'ahead', text(ahead), 'since', text(since))
  end
  return told
end

-- Does what first touches a key of a user. If it is of another type, a foreign hand wrote it: it counts as lost, and the user begins anew.
local function touch(key, id, verb, ...)
  local got = redis.pcall(verb, key .. id, ...)
  if type(got) ~= 'table' or not got.err then
    return got
  end
  if string.find(got.err, 'WRONGTYPE', 1, true) then
    redis.call('DEL', key .. id)
    redis.call('SADD', P .. 'unknown', id)
  end
  return redis.call(verb, key .. id, ...)
end

local USER, STREAMS, HELD = P .. 'user:', P .. 'streams:', P .. 'held:'
local function user(id) return USER .. id end
local function streams(id) return touch(STREAMS, id, 'SCARD') end
local function isTold(id) return touch(USER, id, 'HGET', 'online') == '1' end
-- Whether somebody hides, and the revision of that wish: nil if it is not known.
local function hides(id)
  local revision, hidden = string.match(touch(USER, id, 'HGET', 'hides') or '', '^(%d+):([01])$')
  return hidden == '1', revision
end

local function isStrange(key, wanted)
  local type = redis.call('TYPE', key).ok
  return type ~= 'none' and type ~= wanted
end

-- Keys of one kind: each, and whose it is. It takes long, and is for what has to begin anew. It is asked before the first write: what is refused is
-- tried again, as long as something is strange.
local function all(kind)
  local found, cursor = {}, '0'
  repeat
    local page = redis.call('SCAN', cursor, 'MATCH', kind .. '*', 'COUNT', 1000)
    cursor = page[1]
    for _, key in ipairs(page[2]) do
      found[key] = string.sub(key, #kind + 1)
    end
  until cursor == '0'
  return found
end

-- Nodes that hold somebody are given the time of a lease; nodes without steps take another name, and tell of all their streams anew. Who has had
-- no stream, and was due, is due now.
local function beginAnew(strange)
  local holders, users = all(HELD), isStrange(P .. 'due', 'zset') and all(USER) or {}
  redis.call('DEL', unpack(strange))
  local at = text(time())
  for _, name in pairs(holders) do
    if not redis.call('ZSCORE', P .. 'dying', name) then
      redis.call('ZADD', P .. 'nodes', 'NX', at, name)
    end
  end
  for _, id in pairs(users) do
    if isTold(id) and (streams(id) == 0 or hides(id)) then
      redis.call('ZADD', P .. 'due', at, id)
    end
  end
  redis.call('DEL', P .. 'steps', P .. 'incarnation')
end

-- What a node holds is known from its users too.
local function holdAnew(held, name)
  local known = {}
  for key, id in pairs(all(STREAMS)) do
    for _, each in ipairs(isStrange(key, 'set') and {} or redis.call('SMEMBERS', key)) do
      local holder, stream = string.match(each, '^(%S*) (.*)$')
      if holder == name then
        known[#known + 1] = id .. ' ' .. stream
      end
    end
  end
  redis.call('DEL', held)
  for _, each in ipairs(known) do
    redis.call('SADD', held, each)
  end
end

-- Returns the refusal, if something was strange.
local function heal()
  local strange = {}
  for key, wanted in pairs(TYPES) do
    if isStrange(P .. key, wanted) then
      strange[#strange + 1] = P .. key
    end
  end
  if #strange > 0 then
    beginAnew(strange)
  end
  for _, name in ipairs(command == 'attend' and {ARGV[3]} or redis.call('ZRANGE', P .. 'dying', 0, 0)) do
    if isStrange(HELD .. name, 'set') then
      holdAnew(HELD .. name, name)
      strange[#strange + 1] = HELD .. name
    end
  end
  return #strange > 0 and redis.error_reply('STRANGE ' .. table.concat(strange, ' '))
end

local refusal = WRITES[command] and heal()
if refusal then
  return refusal
end
local now = time()

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
  local version = math.max(now, (whole(redis.call('HGET', user(id), 'version')) or 0) + 1)
  local active, last = unpack(redis.call('HMGET', user(id), 'active', 'seen'))
  if online == '1' then
    active = text(now)
  else
    last = text(seen)
    redis.call('ZADD', P .. 'seen', last, id)
  end
  redis.call('XADD', P .. 'changes', '*', 'u', id, 'o', online, 'v', text(version), 'a', active or '', 's', last or '')
  redis.call('HSET', user(id), 'online', online, 'version', text(version), unpack(online == '1' and {'active', active} or {'seen', last}))
  redis.call('ZREM', P .. 'due', id)
  keep(id)
end

-- Somebody has a stream and may be seen, or not.
local function appear(id)
  local hidden, known = hides(id)
  if streams(id) == 0 or hidden then
    return
  end
  redis.call('ZREM', P .. 'due', id)
  if not known then
    redis.call('SADD', P .. 'unknown', id)
  elseif not isTold(id) then
    tell(id, '1')
  end
end

-- When somebody was there last who is not there any more.
local function gone(id)
  local left, lost = unpack(redis.call('HMGET', user(id), 'left', 'lost'))
  local at = math.max(whole(left) or 0, whole(lost) or 0)
  return at > 0 and at or now
end

-- Keeps the latest of times.
local function note(id, field, at)
  if redis.call('EXISTS', user(id)) == 1 then
    redis.call('HSET', user(id), field, text(math.max(at, whole(redis.call('HGET', user(id), field)) or 0)))
  end
end

-- A stream has gone. If it was the last one, friends are told when the patience with that ends. Of who hides they were told when that began.
local function fade(id, patience)
  if streams(id) == 0 and not hides(id) then
    redis.call('SREM', P .. 'unknown', id)
    if isTold(id) then
      if patience > now then
        redis.call('ZADD', P .. 'due', text(patience), id)
      else
        tell(id, '0', gone(id))
      end
    end
  end
  keep(id)
end

-- A stream has ended in order, or somebody hides, which looks the same.
local function leave(id, at, patience)
  note(id, 'left', at)
  note(id, 'until', patience)
end

local function incarnation(fresh)
  redis.call('SETNX', P .. 'incarnation', fresh)
  return redis.call('GET', P .. 'incarnation')
end

local function announced()
  return {redis.call('XLEN', P .. 'changes'), redis.call('SCARD', P .. 'unknown')}
end

-- name, 1 if it is new, 1 if its node drains, name of an incarnation, number of the name's last step that was confirmed, number of this one,
-- grace, patience with who moves, number of those who come, (user, stream) of each, (user, stream, milliseconds since) of those who left
-- Returns: 1; 0 if the name does not count any more; -1 if steps of this name are lost, as after a fail-over. Then incarnation, time, changes? unknown?
local function attend(name, new, drains, fresh, confirmed, step, grace, moving, come)
  local known = redis.call('ZSCORE', P .. 'nodes', name)
  local named = incarnation(fresh)
  if redis.call('ZSCORE', P .. 'dying', name) or (not known and new ~= '1') then
    return {0, named, now, 0, 0}
  end
  if (whole(redis.call('HGET', P .. 'steps', name)) or 0) < tonumber(confirmed) then
    return {-1, named, now, 0, 0}
  end
  redis.call('HSET', P .. 'steps', name, step)
  redis.call('ZADD', P .. 'nodes', text(now), name)
  if drains == '1' then
    redis.call('HSET', P .. 'patience', name, moving)
  end
  local held, i = HELD .. name, 12
  for _ = 1, tonumber(come) do
    local id, stream = ARGV[i], ARGV[i + 1]
    touch(STREAMS, id, 'SADD', name .. ' ' .. stream)
    redis.call('SADD', held, id .. ' ' .. stream)
    appear(id)
    keep(id)
    i = i + 2
  end
  while ARGV[i] do
    local id, stream, since = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
    -- One that is held, but not among the user's, was lost there.
    local known = redis.call('SISMEMBER', held, id .. ' ' .. stream) + touch(STREAMS, id, 'SREM', name .. ' ' .. stream)
    if known > 0 then
      local patience = (since < PROMPT and now - since or now) + tonumber(drains == '1' and moving or grace)
      if not hides(id) then
        leave(id, now - since, patience)
      end
      fade(id, patience)
      redis.call('SREM', held, id .. ' ' .. stream)
    end
    i = i + 3
  end
  local asked = announced()
  return {1, named, now, asked[1], asked[2]}
end

-- name, patience with those whom it still holds: ends an epoch whose node goes on under another name, or stops.
local function resign(name, patience)
  if redis.call('ZREM', P .. 'nodes', name) == 1 then
    redis.call('ZADD', P .. 'dying', text(now), name)
    redis.call('HSET', P .. 'patience', name, patience)
  end
  return {}
end

local function bury(name, renewed)
  local held = HELD .. name
  local taken = redis.call('SRANDMEMBER', held, MOST)
  local patience = whole(redis.call('HGET', P .. 'patience', name)) or 0
  for _, each in ipairs(taken) do
    local id, stream = string.match(each, '^(%S*) ?(.*)$')
    touch(STREAMS, id, 'SREM', name .. ' ' .. stream)
    if not hides(id) then
      note(id, 'lost', renewed)
    end
    -- Who left another node in order a moment ago still has the grace of that.
    fade(id, math.max(patience > 0 and renewed + patience or 0, whole(redis.call('HGET', user(id), 'until')) or 0))
    redis.call('SREM', held, each)
  end
  if #taken < MOST then
    redis.call('ZREM', P .. 'dying', name)
    redis.call('HDEL', P .. 'patience', name)
    redis.call('HDEL', P .. 'steps', name)
    redis.call('DEL', held)
  end
end

-- lease, longest pause between two looks, how long it is calm after a longer one
-- Returns: 1 if there is more to do at once, time
local function sweep(lease, longest, quiet)
  local last = whole(redis.call('GET', P .. 'swept')) or 0
  redis.call('SET', P .. 'swept', text(now))
  -- Redis was away, or all nodes were: whoever lives has to have time to say so.
  if now - last > longest then
    redis.call('SET', P .. 'calm', text(now + quiet))
  end
  local more, calm = 0, whole(redis.call('GET', P .. 'calm')) or 0
  -- Nobody has said that it is calm for longer.
  if now >= calm or calm > now + quiet then
    local dead = redis.call('ZRANGEBYSCORE', P .. 'nodes', '-inf', text(now - lease), 'WITHSCORES')
    for i = 1, #dead, 2 do
      redis.call('ZREM', P .. 'nodes', dead[i])
      redis.call('ZADD', P .. 'dying', dead[i + 1], dead[i])
    end
    local dying = redis.call('ZRANGE', P .. 'dying', 0, 0, 'WITHSCORES')
    if dying[1] then
      bury(dying[1], tonumber(dying[2]))
      more = redis.call('EXISTS', P .. 'dying')
    end
    local due = redis.call('ZRANGEBYSCORE', P .. 'due', '-inf', text(now), 'LIMIT', 0, MOST)
    for _, id in ipairs(due) do
      if isTold(id) and (streams(id) == 0 or hides(id)) then
        tell(id, '0', gone(id))
      end
      redis.call('ZREM', P .. 'due', id)
    end
    if #due == MOST then
      more = 1
    end
  end
  return {more, now}
end

-- grace, (user, revision, 1 if hidden, last_seen or nothing): what the database says. An older wish than the last one does not count. Whoever hides
-- from now on looks as if they had closed their last stream now.
local function settle(grace)
  for i = 4, #ARGV, 4 do
    local id, revision, hidden, seen = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
    local hid, stored = hides(id)
    if not stored or tonumber(stored) < tonumber(revision) then
      if hidden == '1' and not hid and isTold(id) and streams(id) > 0 then
        leave(id, now, now + grace)
        redis.call('ZADD', P .. 'due', text(now + grace), id)
      end
      redis.call('HSET', user(id), 'hides', revision .. ':' .. hidden)
      if not stored and seen ~= '' then
        redis.call('HSETNX', user(id), 'seen', seen)
      end
    end
    appear(id)
    keep(id)
    redis.call('SREM', P .. 'unknown', id)
  end
  return {}
end

-- (user, milliseconds since) of who was active
local function active()
  for i = 3, #ARGV, 2 do
    local id, at = ARGV[i], now - tonumber(ARGV[i + 1])
    local active, left = unpack(touch(USER, id, 'HMGET', 'active', 'left'))
    if isTold(id) and at > (whole(active) or 0) and not (hides(id) and at > (whole(left) or 0)) then
      redis.call('HSET', user(id), 'active', text(at))
    end
  end
  return {}
end

-- What is older than what is kept is not told, for whoever hides is kept for longer. It only reads: Redis may refuse writes.
local function states()
  local answer = {}
  for i = 3, #ARGV do
    local state = redis.pcall('HMGET', user(ARGV[i]), 'online', 'version', 'active', 'seen')
    local version = not state.err and whole(state[2]) -- a foreign hand may have written something else
    local forgotten = not version or state[1] ~= '1' and version < now - KEPT
    for field = 1, 4 do
      local known = not forgotten and state[field] and (field == 1 or whole(state[field]))
      answer[#answer + 1] = known and state[field] or ''
    end
  end
  return answer
end

-- What is no change, but something that a foreign hand has added, is taken away: nobody else would.
local function changes()
  local answer = {}
  for _, entry in ipairs(redis.call('XRANGE', P .. 'changes', '-', '+', 'COUNT', MOST)) do
    local id, fields, change = entry[1], entry[2], {}
    for i = 1, #fields, 2 do
      change[fields[i]] = fields[i + 1]
    end
    if whole(change.u) and change.o and whole(change.v) then
      for _, part in ipairs({id, change.u, change.o, change.v, whole(change.a) and change.a or '', whole(change.s) and change.s or ''}) do
        answer[#answer + 1] = part
      end
    else
      redis.call('XDEL', P .. 'changes', id)
    end
  end
  return answer
end

local function told()
  return redis.call('XDEL', P .. 'changes', unpack(ARGV, 3))
end

local function unseen()
  local found, answer = redis.call('ZRANGE', P .. 'seen', 0, MOST - 1, 'WITHSCORES'), {}
  for i = 1, #found, 2 do
    local at = tonumber(found[i + 1]) or -1
    if whole(found[i]) and at >= 0 and at < EXACT then
      answer[#answer + 1] = found[i]
      answer[#answer + 1] = text(at)
    else
      redis.call('ZREM', P .. 'seen', found[i])
    end
  end
  return answer
end

local function unknown()
  local answer = {}
  for _, id in ipairs(redis.call('SRANDMEMBER', P .. 'unknown', MOST)) do
    if whole(id) then
      answer[#answer + 1] = id
    else
      redis.call('SREM', P .. 'unknown', id)
    end
  end
  return answer
end

-- (user, last_seen) that the database has now
local function stored()
  for i = 3, #ARGV, 2 do
    local score = redis.call('ZSCORE', P .. 'seen', ARGV[i])
    if score and tonumber(score) <= tonumber(ARGV[i + 1]) then
      redis.call('ZREM', P .. 'seen', ARGV[i])
    end
  end
  return {}
end

if command == 'attend' then return attend(unpack(ARGV, 3, 11)) end
if command == 'resign' then return resign(ARGV[3], ARGV[4]) end
if command == 'sweep' then return sweep(tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])) end
if command == 'settle' then return settle(tonumber(ARGV[3])) end
local commands = {active = active, states = states, changes = changes, told = told, unseen = unseen, unknown = unknown, stored = stored}
return commands[command]()
