-- What the scripts of the job ledger share; it stands before each of them, after values.lua. All times are of Redis' clock, in milliseconds.
-- pado:job:<id>          state (waiting, running, done, dead), kind, group, body, added, cause; attempts, crashes, failures, sends;
--                        attempt and fence: who works, or worked last; ended: how that one has ended; longest: until when it may work;
--                        pause: until when nobody may
-- pado:jobs:waiting      ids of waiting jobs, by when they are to be sent, for the first time or again
-- pado:jobs:running      ids of running jobs, by the end of their leases
-- pado:jobs:dead         ids of dead jobs, by when they died
-- pado:jobs:group:<name> ids of a group's unfinished jobs, in their order: only the first one may be worked on
-- pado:jobs:sweeps       when was swept last; until when no lease counts as lost
local WAITING, RUNNING, DEAD, SWEEPS = 'pado:jobs:waiting', 'pado:jobs:running', 'pado:jobs:dead', 'pado:jobs:sweeps'
-- A job behind another one is sent when that has ended; it is looked at from time to time all the same.
local BEHIND = 120000
-- Within this time each worker has renewed its lease.
local RENEWED = 10000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function job(id)
  return 'pado:job:' .. id
end

local function list(group)
  return own('pado:jobs:group:' .. group, 'list')
end

-- Fields of a key: nil for each if a foreign hand has made something else of it.
local function read(key, ...)
  local got = redis.pcall('HMGET', key, ...)
  if got.err and string.find(got.err, 'WRONGTYPE', 1, true) then
    return nil
  end
  return unpack(got.err and redis.call('HMGET', key, ...) or got)
end

local function text(number)
  return string.format('%.0f', number)
end

-- Counts one more of something in a job. Returns how many there are now.
local function count(id, field)
  local counted = (whole(read(job(id), field)) or 0) + 1
  redis.call('HSET', job(id), field, text(counted))
  return counted
end

-- Jobs themselves say on which list they are; to look at all of them takes Redis a while. Who works has time to renew the lease.
local function findAll()
  local lists = {waiting = {WAITING, now}, running = {RUNNING, now + RENEWED}, dead = {DEAD, now}}
  local found, cursor = {}, '0'
  repeat
    local page = redis.call('SCAN', cursor, 'MATCH', job('*'), 'COUNT', 1000)
    cursor = page[1]
    for _, key in ipairs(page[2]) do
      local its = lists[read(key, 'state')]
      if its then
        found[#found + 1] = {its[1], its[2], string.sub(key, #job('') + 1)}
      end
    end
  until cursor == '0'
  return found
end

local lost = {}
for _, key in ipairs({WAITING, RUNNING, DEAD}) do
  local type = redis.call('TYPE', key).ok
  if type ~= 'none' and type ~= 'zset' then
    lost[#lost + 1] = key
  end
end
if #lost > 0 then
  -- What is refused is refused before the first write: it is tried again, as long as something is strange.
  local found = findAll()
  redis.call('DEL', unpack(lost))
  for _, each in ipairs(found) do
    redis.call('ZADD', each[1], 'NX', each[2], each[3])
  end
end

-- The first unfinished job of a group, if there is one. What is not known any more, or has ended, holds up nobody.
local function first(group)
  while true do
    local id = redis.call('LINDEX', list(group), 0)
    if not id then
      return nil
    end
    local state = read(job(id), 'state')
    if state == 'waiting' or state == 'running' then
      return id
    end
    redis.call('LPOP', list(group))
  end
end

-- Whether it is an unfinished job's turn. A list that was lost begins anew: with who works, and then in the order in which jobs ask.
local function isNext(id, group)
  if group == '' then
    return true
  end
  local next = first(group)
  if next ~= id and not redis.call('LPOS', list(group), id, 'RANK', -1) then
    for _, running in ipairs(next and {} or redis.call('ZRANGE', RUNNING, 0, -1)) do
      local state, itsGroup = read(job(running), 'state', 'group')
      if state == 'running' and itsGroup == group then
        redis.call('RPUSH', list(group), running)
      end
    end
    redis.call('RPUSH', list(group), id)
    next = first(group)
  end
  return next == id
end

-- Takes an ended job out of its group. Returns the one whose turn it is now, or ''; if nobody sends that before, the sweep does after the
-- given time.
local function leave(id, group, millis)
  redis.call('ZREM', WAITING, id)
  redis.call('ZREM', RUNNING, id)
  if group == '' then
    return ''
  end
  redis.call('LREM', list(group), 0, id)
  local next = first(group)
  if not next or redis.call('HGET', job(next), 'state') ~= 'waiting' then
    return ''
  end
  redis.call('ZADD', WAITING, now + millis, next)
  return next
end

local function bury(id, group, cause, millis)
  redis.call('HSET', job(id), 'state', 'dead', 'cause', cause)
  redis.call('ZADD', DEAD, now, id)
  return leave(id, group, millis)
end
