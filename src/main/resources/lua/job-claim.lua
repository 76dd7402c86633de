-- Gives a waiting job to one worker. ARGV: id, attempt (a name that no other one has), lease ms, ms that it may work at most.
-- Returns {fence, kind, group, body, attempts, ms since it was added}, or {'0', why not: done, dead, running, behind, early, unknown}.
-- Asked again for the same attempt, because its answer was lost, it answers the same. A job whose lease has run out is refused too: only
-- the sweep takes it back, so that crashes are counted in one place.
local id = ARGV[1]
local state, attempt, fence, kind, group, body, attempts, pause, added = read(job(id), 'state', 'attempt', 'fence', 'kind', 'group', 'body',
    'attempts', 'pause', 'added')
group = group or ''
local age = text(math.max(0, now - (whole(added) or now)))
if state == 'running' and attempt == ARGV[2] and whole(fence) then
  return {fence, kind or '', group, body or '', text(whole(attempts) or 1), age}
end
if state ~= 'waiting' then
  return {'0', state or 'unknown'}
end
if not isNext(id, group) then
  return {'0', 'behind'}
end
if now < (whole(pause) or 0) then
  return {'0', 'early'}
end
-- By the clock in microseconds, so that it grows also when Redis has lost its data and is asked at once; Lua would print it as 1.7e+15.
fence = text(math.max(time[1] * 1000000 + time[2], (whole(fence) or 0) + 1))
attempts = text(count(id, 'attempts'))
redis.call('HSET', job(id), 'state', 'running', 'attempt', ARGV[2], 'fence', fence, 'longest', text(now + ARGV[4]))
redis.call('HDEL', job(id), 'ended')
redis.call('ZREM', WAITING, id)
redis.call('ZADD', RUNNING, now + ARGV[3], id)
return {fence, kind or '', group, body or '', attempts, age}
