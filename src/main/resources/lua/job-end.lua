-- Ends an attempt. ARGV: id, fence, outcome, cause, ms until the next attempt, most failures, ms that a job that is done is remembered.
-- Outcomes: done; failed, by its own fault; released, which is nobody's fault and not counted: the server stops, or a store is away.
-- Returns {the new state, or late; the id that may be sent now, or ''}. Who is late has lost the lease: what he did does not count.
local id, outcome = ARGV[1], ARGV[3]
local state, fence, group, ended = read(job(id), 'state', 'fence', 'group', 'ended')
if fence ~= ARGV[2] then
  return {'late', ''}
end
if state ~= 'running' then
  -- Perhaps asked again, because the answer was lost.
  return {ended == outcome and state or 'late', ''}
end
group = group or ''
redis.call('HSET', job(id), 'ended', outcome)
if outcome == 'done' then
  redis.call('HSET', job(id), 'state', 'done')
  redis.call('HDEL', job(id), 'body', 'cause')
  redis.call('PEXPIRE', job(id), ARGV[7])
  return {'done', leave(id, group, 2000)}
end
local pause = tonumber(ARGV[5])
if outcome == 'failed' then
  local failures = count(id, 'failures')
  if failures >= tonumber(ARGV[6]) then
    return {'dead', bury(id, group, ARGV[4], 2000)}
  end
  pause = pause * 2 ^ (failures - 1)
end
redis.call('HSET', job(id), 'state', 'waiting', 'cause', ARGV[4], 'pause', text(now + pause))
redis.call('ZREM', RUNNING, id)
redis.call('ZADD', WAITING, now + pause, id)
return {'waiting', ''}
