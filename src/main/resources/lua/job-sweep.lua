-- Looks after jobs: those whose lease has run out, those that nobody has claimed or whose next attempt has come, those that are too old, and
-- dead ones that are to be forgotten. ARGV: most at once, ms until a job is sent again, most crashes, longest ms between two sweeps,
-- lease ms, ms that a job may stay unfinished, most dead jobs, ms that a dead one is kept.
-- Returns id and group of each job to send, and then the ids under which there is something else than a job, by a foreign hand: they are forgotten.
-- Any node may sweep, at any time: who comes first moves a job into the future, so it is sent once.
local most = tonumber(ARGV[1])

-- If nobody has swept for a while, then nobody could renew a lease either: Redis was frozen or away, or all nodes were. Those who live come
-- first, or each outage would count as a crash of every job. It must be seen here: a frozen Redis wakes up with an old sweep in its hands.
local last, quiet = read(SWEEPS, 'last', 'quiet')
if last == nil then
  redis.call('DEL', SWEEPS)
end
quiet = math.min(whole(quiet) or 0, now + ARGV[5])
if math.abs(now - (whole(last) or 0)) > tonumber(ARGV[4]) then
  quiet = now + ARGV[5]
end
redis.call('HSET', SWEEPS, 'last', text(now), 'quiet', text(quiet))

local send, strange = {}, {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', RUNNING, '-inf', now, 'LIMIT', 0, most)) do
  local state, group = read(job(id), 'state', 'group')
  if state ~= 'running' then
    if state == nil then
      strange[#strange + 1] = id
    end
    redis.call('ZREM', RUNNING, id)
  elseif now < quiet then
    redis.call('ZADD', RUNNING, quiet, id)
  elseif count(id, 'crashes') >= tonumber(ARGV[3]) then
    bury(id, group or '', 'Its worker died or lost its lease ' .. ARGV[3] .. ' times.', 0)
  else
    redis.call('HSET', job(id), 'state', 'waiting')
    redis.call('ZREM', RUNNING, id)
    redis.call('ZADD', WAITING, now, id)
  end
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', WAITING, '-inf', now, 'LIMIT', 0, most)) do
  local state, group, added = read(job(id), 'state', 'group', 'added')
  if state ~= 'waiting' then
    if state == nil then
      strange[#strange + 1] = id
    end
    redis.call('ZREM', WAITING, id)
  elseif now - (whole(added) or 0) > tonumber(ARGV[6]) then
    bury(id, group or '', 'It was not done in time.', 0)
  elseif not isNext(id, group or '') then
    redis.call('ZADD', WAITING, now + BEHIND, id)
  else
    -- Later each time, up to eightfold: a job may just wait for a free worker, and a backlog must not be sent as a whole all the time.
    local sends = count(id, 'sends')
    redis.call('ZADD', WAITING, now + ARGV[2] * 2 ^ math.min(sends - 1, 3), id)
    send[#send + 1] = id
    send[#send + 1] = group or ''
  end
end

local old = redis.call('ZRANGEBYSCORE', DEAD, '-inf', now - ARGV[8], 'LIMIT', 0, most)
local surplus = math.min(redis.call('ZCARD', DEAD) - tonumber(ARGV[7]), most)
if #old == 0 and surplus > 0 then
  old = redis.call('ZRANGE', DEAD, 0, surplus - 1)
end
for _, id in ipairs(old) do
  redis.call('ZREM', DEAD, id)
  redis.call('DEL', job(id))
end
return {send, strange}
