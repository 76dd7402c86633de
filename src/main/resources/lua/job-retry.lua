-- Gives a dead job its attempts again; in its group it is the last one now. ARGV: id, ms until it is sent again if nobody has claimed it.
-- Returns {0} if there is no such dead job, else {1, group, whether it should be sent}.
local id = ARGV[1]
local state, group = read(job(id), 'state', 'group')
if state ~= 'dead' then
  return {0}
end
group = group or ''
redis.call('HSET', job(id), 'state', 'waiting', 'added', text(now), 'crashes', 0, 'failures', 0, 'sends', 0)
redis.call('HDEL', job(id), 'pause', 'ended')
redis.call('ZREM', DEAD, id)
if group ~= '' then
  redis.call('RPUSH', list(group), id)
end
local send = isNext(id, group)
redis.call('ZADD', WAITING, now + (send and ARGV[2] or BEHIND), id)
return {1, group, send and 1 or 0}
