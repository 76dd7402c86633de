-- Gives a dead job up: it counts as done. ARGV: id, ms that it is remembered. Returns whether there was such a dead job.
local id = ARGV[1]
if read(job(id), 'state') ~= 'dead' then
  return 0
end
redis.call('HSET', job(id), 'state', 'done')
redis.call('HDEL', job(id), 'body')
redis.call('PEXPIRE', job(id), ARGV[2])
redis.call('ZREM', DEAD, id)
return 1
