-- Takes back an attempt that attempt.lua counted; how long the next one has to wait stays as it is.
-- KEYS: who tried.
for _, key in ipairs(KEYS) do
    if tonumber(redis.call('HGET', key, 'count') or '0') > 0 then
        redis.call('HINCRBY', key, 'count', -1)
    end
end
