-- Reads what topics hold after given places, all at one moment. Writes only if there is no log yet.
-- KEYS: epoch, sequence, marks, then for each topic: log, top. Logs and tops have the epoch at the end of their names.
-- ARGV: epoch to begin with, limit, bytes of all topics after which no more is read, then for each topic: the sequence after which it is wanted
-- Returns: epoch, sequence, then for each topic: 1 if events after the place are gone else 0, 1 if there may be more entries else 0, entries
local function value(key)
  local got = redis.pcall('GET', key)
  if type(got) ~= 'table' then
    return got
  end
  if string.find(got.err, 'WRONGTYPE', 1, true) then
    return false -- A foreign hand wrote it: it counts as lost.
  end
  return redis.call('GET', key)
end

local epoch = value(KEYS[1])
if not epoch then
  epoch = ARGV[1]
  redis.call('SET', KEYS[1], epoch)
  redis.call('SET', KEYS[2], '0', 'NX')
  redis.call('DEL', KEYS[3])
end
local sequence = tonumber(value(KEYS[2]) or nil) or 0
local answer = {epoch, string.format('%.0f', sequence)}

local topics = (#KEYS - 3) / 2
if topics == 0 then
  return answer
end

-- The smallest sequence that is known to be young enough for every topic's history.
local oldest = 0
local marks = redis.pcall('HVALS', KEYS[3])
for _, first in ipairs(marks.err and {} or marks) do
  if oldest == 0 or tonumber(first) < oldest then
    oldest = tonumber(first)
  end
end

-- Each topic has a share: what is after the last entry of one that was cut is of no use.
local limit, share = tonumber(ARGV[2]), tonumber(ARGV[3]) / topics

-- In portions, for nothing else is done meanwhile and a topic may hold much; one entry at least, or nobody would ever get on.
local function entries(log, after)
  local found, place = {}, string.format('%.0f-0', after + 1)
  local portion, bytes = 1, 0
  while portion > 0 do
    local some = redis.call('XRANGE', log, place, '+', 'COUNT', portion)
    for _, entry in ipairs(some) do
      found[#found + 1] = entry
      bytes = bytes + #entry[1] + #entry[2][6] + #entry[2][8]
    end
    if #some < portion then
      return found, 0
    end
    place = '(' .. some[#some][1]
    portion = math.min(limit - #found, math.floor((share - bytes) * #found / bytes))
  end
  return found, 1
end

for i = 0, topics - 1 do
  local log, top = KEYS[4 + 2 * i] .. '@' .. epoch, KEYS[5 + 2 * i] .. '@' .. epoch
  local after = tonumber(ARGV[4 + i])
  local newest = tonumber(value(top) or nil) or 0
  local type = redis.call('TYPE', log).ok
  local gone, cut, found = 0, 0, {}
  if type ~= 'none' and type ~= 'stream' then
    gone = newest > after and 1 or 0
  elseif newest == 0 or newest > after then
    local first = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
    local before = tonumber(first and first[2][2] or newest)
    gone = (before > after or (before == 0 and after + 1 < oldest)) and 1 or 0
    if limit > 0 then
      found, cut = entries(log, after)
    end
  end
  answer[#answer + 1] = gone
  answer[#answer + 1] = cut
  answer[#answer + 1] = found
end
return answer
