-- Writes something, to see whether an event could be stored and announced now. KEYS: what is written. ARGV: seconds that it is kept.
requireRights()
return redis.call('SET', KEYS[1], '', 'EX', ARGV[1])
