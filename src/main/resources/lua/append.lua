-- Numbers, stores and announces events, all in one step.
-- KEYS: epoch, sequence, marks, then for each event: log, top, once
-- ARGV: epoch to begin with, age of marks in hours, then for each event:
--       topic, type, key, json, events kept, milliseconds kept, milliseconds the once-key is kept
-- Returns: epoch, then for each event its sequence. Sequences are texts: Lua would print large ones as 1e+15.
redis.call('SET', KEYS[1], ARGV[1], 'NX')
local epoch = redis.call('GET', KEYS[1])
local clock = redis.call('TIME')
local millis = string.format('%.0f', clock[1] * 1000 + math.floor(clock[2] / 1000))
local hour = math.floor(clock[1] / 3600)
local answer = {epoch}

local function mark(sequence)
  -- The first sequence of each hour tells how old an id is.
  if redis.call('HSETNX', KEYS[3], string.format('%d', hour), sequence) == 1 then
    for _, known in ipairs(redis.call('HKEYS', KEYS[3])) do
      if tonumber(known) < hour - tonumber(ARGV[2]) then
        redis.call('HDEL', KEYS[3], known)
      end
    end
  end
end

local events = (#KEYS - 3) / 3
for i = 0, events - 1 do
  local log, top, once = KEYS[4 + 3 * i], KEYS[5 + 3 * i], KEYS[6 + 3 * i]
  local a = 3 + 7 * i
  local topic, type, key, json = ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  local kept, lasting, remembered = ARGV[a + 4], ARGV[a + 5], ARGV[a + 6]
  local sequence = remembered ~= '0' and redis.call('GET', once)
  if not sequence then
    sequence = string.format('%.0f', redis.call('INCR', KEYS[2]))
    local previous = redis.call('GET', top) or '0'
    redis.call('XADD', log, 'MAXLEN', kept, sequence .. '-' .. millis, 'p', previous, 't', type, 'k', key, 'd', json)
    redis.call('PEXPIRE', log, lasting)
    redis.call('SET', top, sequence, 'PX', lasting)
    if remembered ~= '0' then
      redis.call('SET', once, sequence, 'PX', remembered)
    end
    mark(sequence)
    redis.call('PUBLISH', 'pado:topic:' .. topic, table.concat({epoch, sequence, previous, millis, type, key, json}, '\n'))
  end
  answer[#answer + 1] = sequence
end
return answer
