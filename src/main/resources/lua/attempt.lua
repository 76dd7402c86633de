-- Counts an attempt for each key, unless one of them has to wait: then nothing is counted.
-- KEYS: who tries. ARGV: seconds after the last attempt until all is forgotten, most seconds to wait, then for each key how many
-- attempts are free. Returns the milliseconds to wait, 0 if this attempt may go on.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local most = tonumber(ARGV[2]) * 1000
local wait = 0
for _, key in ipairs(KEYS) do
    local left = (whole(redis.call('HGET', own(key, 'hash'), 'till')) or 0) - now
    -- Nobody was told to wait for longer.
    wait = left <= most and math.max(wait, left) or wait
end
if wait > 0 then
    return wait
end
for i, key in ipairs(KEYS) do
    local count = (whole(redis.call('HGET', key, 'count')) or 0) + 1
    redis.call('HSET', key, 'count', string.format('%.0f', count))
    local over = count - tonumber(ARGV[i + 2])
    if over >= 0 then
        redis.call('HSET', key, 'till', string.format('%.0f', now + math.min(2 ^ math.min(over, 20) * 1000, most)))
    end
    redis.call('EXPIRE', key, ARGV[1])
end
return 0
