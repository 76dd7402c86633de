-- Takes back an attempt that attempt.lua counted; how long the next one has to wait stays as it is.
-- KEYS: who tried.
for _, key in ipairs(KEYS) do
    local count = whole(redis.call('HGET', own(key, 'hash'), 'count')) or 0
    if count > 0 then
        redis.call('HSET', key, 'count', string.format('%.0f', count - 1))
    end
end
