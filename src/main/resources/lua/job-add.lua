-- A new job. ARGV: id, kind, group or '', body, ms until it is sent again if nobody has claimed it, most unfinished jobs.
-- Returns {1 new, 0 known already, -1 there are too many; whether it should be sent}.
local id, group = ARGV[1], ARGV[3]
local state = redis.call('HGET', job(id), 'state')
if state then
  -- Perhaps asked again, because the answer was lost.
  return {0, state == 'waiting' and isNext(id, group) and 1 or 0}
end
if redis.call('ZCARD', WAITING) + redis.call('ZCARD', RUNNING) >= tonumber(ARGV[6]) then
  return {-1, 0}
end
redis.call('HSET', job(id), 'state', 'waiting', 'kind', ARGV[2], 'group', group, 'body', ARGV[4], 'added', text(now), 'attempts', 0,
    'crashes', 0, 'failures', 0, 'sends', 0)
if group ~= '' then
  redis.call('RPUSH', list(group), id)
end
local send = isNext(id, group)
redis.call('ZADD', WAITING, now + (send and ARGV[5] or BEHIND), id)
return {1, send and 1 or 0}
