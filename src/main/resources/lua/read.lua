-- Reads what topics hold after given places, all at one moment. Writes only if there is no log yet.
-- KEYS: epoch, sequence, marks, then for each topic: log, top. Logs and tops have the epoch at the end of their names.
-- ARGV: epoch to begin with, limit, bytes of all topics after which no more is read, then for each topic: the sequence after which it is wanted
-- Returns: epoch, sequence, then for each topic: 1 if events after the place are gone else 0, 1 if there may be more entries else 0, entries
local epoch, sequence = epochOf(KEYS[1]), whole(value(KEYS[2])) or 0
if not epoch then
  epoch = ARGV[1]
  redis.call('SET', KEYS[1], epoch)
  redis.call('SET', KEYS[2], string.format('%.0f', sequence))
  redis.call('DEL', KEYS[3])
end
local answer = {epoch, string.format('%.0f', sequence)}

local topics = (#KEYS - 3) / 2
if topics == 0 then
  return answer
end

-- The smallest sequence that is known to be young enough for every topic's history.
local oldest = 0
local marks = redis.pcall('HVALS', KEYS[3])
for _, mark in ipairs(marks.err and {} or marks) do
  local given = whole(mark)
  if given and (oldest == 0 or given < oldest) then
    oldest = given
  end
end

-- Each topic has a share: what is after the last entry of one that was cut is of no use.
local limit, share = tonumber(ARGV[2]), tonumber(ARGV[3]) / topics

-- How much is looked through at a time for the next event, if it is not the next entry.
local STRANGE = 100

-- The sequence of the event before this one; nil if it is no event, but something that a foreign hand has added.
local function previous(entry)
  local number, millis = string.match(entry[1], '^(%d+)-(%d+)$')
  local fields = entry[2]
  local isEvent = whole(number) and whole(millis) and #fields == 8 and fields[1] == 'p' and fields[3] == 't' and fields[5] == 'k' and fields[7] == 'd'
  return isEvent and whole(fields[2]) or nil
end

-- The first event from a place on; nil if there is none.
local function first(log, place)
  local portion = 1
  while true do
    local some = redis.call('XRANGE', log, place, '+', 'COUNT', portion)
    for _, entry in ipairs(some) do
      if previous(entry) then
        return entry
      end
    end
    if #some < portion then
      return nil
    end
    place, portion = '(' .. some[#some][1], STRANGE
  end
end

-- In portions, for nothing else is done meanwhile and a topic may hold much; one event at least, or nobody would ever get on.
local function events(log, after)
  local some, found, bytes = {first(log, string.format('%.0f-0', after + 1))}, {}, 0
  local portion = #some
  while portion > 0 do
    for _, entry in ipairs(some) do
      if previous(entry) then
        found[#found + 1] = entry
        bytes = bytes + #entry[1] + #entry[2][6] + #entry[2][8]
      end
    end
    if #some < portion then
      return found, 0
    end
    portion = math.min(limit - #found, math.floor((share - bytes) * #found / bytes))
    some = portion > 0 and redis.call('XRANGE', log, '(' .. some[#some][1], '+', 'COUNT', portion) or some
  end
  return found, #found > 0 and 1 or 0
end

for i = 0, topics - 1 do
  local log, top = KEYS[4 + 2 * i] .. '@' .. epoch, KEYS[5 + 2 * i] .. '@' .. epoch
  local after = tonumber(ARGV[4 + i])
  local newest = whole(value(top)) or 0
  local type = redis.call('TYPE', log).ok
  local gone, cut, found = 0, 0, {}
  if type ~= 'none' and type ~= 'stream' then
    gone = newest > after and 1 or 0
  elseif newest == 0 or newest > after then
    local oldestKept = first(log, '-')
    local before = oldestKept and previous(oldestKept) or newest
    gone = (before > after or (before == 0 and after + 1 < oldest)) and 1 or 0
    if limit > 0 then
      found, cut = events(log, after)
    end
  end
  answer[#answer + 1] = gone
  answer[#answer + 1] = cut
  answer[#answer + 1] = found
end
return answer
