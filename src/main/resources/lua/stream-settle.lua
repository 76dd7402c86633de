-- Takes an entry off a work stream. KEYS: stream. ARGV: group, entry. One step, because XACK alone leaves the entry in the stream for
-- ever, and XDEL alone leaves it pending for ever.
local acked = redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('XDEL', KEYS[1], ARGV[2])
return acked
