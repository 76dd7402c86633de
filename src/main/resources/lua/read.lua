-- Reads what topics hold after given places, all at one moment.
-- KEYS: epoch, sequence, marks, then for each topic: log, top
-- ARGV: epoch to begin with, limit, then for each topic: the sequence after which it is wanted
-- Returns: epoch, sequence, then for each topic: 1 if events after the place are gone else 0, entries
redis.call('SET', KEYS[1], ARGV[1], 'NX')
local answer = {redis.call('GET', KEYS[1]), redis.call('GET', KEYS[2]) or '0'}

local topics = (#KEYS - 3) / 2
if topics == 0 then
  return answer
end

-- The smallest sequence that is known to be young enough for every topic's history.
local oldest = 0
for _, first in ipairs(redis.call('HVALS', KEYS[3])) do
  if oldest == 0 or tonumber(first) < oldest then
    oldest = tonumber(first)
  end
end

for i = 0, topics - 1 do
  local log, top = KEYS[4 + 2 * i], KEYS[5 + 2 * i]
  local after = tonumber(ARGV[3 + i])
  local newest = tonumber(redis.call('GET', top) or 0)
  if newest > 0 and newest <= after then
    answer[#answer + 1] = 0
    answer[#answer + 1] = {}
  else
    local first = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
    local before = tonumber(first and first[2][2] or newest)
    local gone = before > after or (before == 0 and after + 1 < oldest)
    answer[#answer + 1] = gone and 1 or 0
    answer[#answer + 1] = redis.call('XRANGE', log, string.format('%.0f-0', after + 1), '+', 'COUNT', ARGV[2])
  end
end
return answer
