-- Counts an attempt for each key, unless one of them has to wait: then nothing is counted.
-- KEYS: who tries. ARGV: seconds after the last attempt until all is forgotten, most seconds to wait, then for each key how many
-- attempts are free. Returns the milliseconds to wait, 0 if this attempt may go on.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = 0
for _, key in ipairs(KEYS) do
    local till = tonumber(redis.call('HGET', key, 'till') or '0')
    wait = math.max(wait, till - now)
end
if wait > 0 then
    return wait
end
for i, key in ipairs(KEYS) do
    local count = redis.call('HINCRBY', key, 'count', 1)
    local over = count - tonumber(ARGV[i + 2])
    if over >= 0 then
        local seconds = math.min(2 ^ math.min(over, 20), tonumber(ARGV[2]))
        redis.call('HSET', key, 'till', string.format('%d', now + seconds * 1000))
    end
    redis.call('EXPIRE', key, ARGV[1])
end
return 0
