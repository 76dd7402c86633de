-- Numbers, stores and announces events, all in one step: all of them, or none.
-- KEYS: epoch, sequence, marks, then for each event: log, top, idempotency key; then for each step of a state: state, text.
--       Logs and tops have the epoch at the end of their names.
-- ARGV: epoch to begin with, age of marks in hours, number of events, then for each event:
--       topic, type, key, json, events kept, milliseconds kept, milliseconds the idempotency key is kept; then for each step of a state:
--       index of its first event, number of its events, fence, number of the step, text to add, milliseconds kept, number of fields, name, value, ...
-- Returns: epoch, then for each event its sequence. Sequences are texts: Lua would print large ones as 1e+15.
--       For the events of a step: 0 if the step was done before, -1 if it is refused; neither is stored then. A step is refused if the state has
--       another fence or has ended, or lacks a step before this one.
-- Refuses with "NOPERM cause" if the user lacks a right, and with "TOPIC name cause" if a topic's log is no stream; nothing has been done then.
requireRights()
local epoch, sequence = epochOf(KEYS[1]), whole(value(KEYS[2]))
local events = tonumber(ARGV[3])
local tops, anew = {}, not epoch or not sequence

for i = 0, events - 1 do
  if anew then
    break
  end
  local log, top = KEYS[4 + 3 * i] .. '@' .. epoch, KEYS[5 + 3 * i] .. '@' .. epoch
  local type = redis.call('TYPE', log).ok
  if type ~= 'none' and type ~= 'stream' then
    return redis.error_reply('TOPIC ' .. ARGV[4 + 7 * i] .. ' WRONGTYPE ' .. log .. ' is a ' .. type .. ', not a stream')
  end
  if not tops[top] then
    local last = type == 'stream' and redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
    tops[top] = math.max(whole(value(top)) or 0, last and tonumber(string.match(last[1], '^%d+')) or 0)
  end
  -- A counter below what it has given would give numbers twice.
  anew = tops[top] > sequence
end

-- Which events are not stored, and why; which steps are done.
local skipped, steps, done = {}, {}, {}
local at = 4 + 7 * events
for i = 4 + 3 * events, #KEYS, 2 do
  local step = {state = KEYS[i], text = KEYS[i + 1], first = tonumber(ARGV[at]), number = tonumber(ARGV[at + 3]), piece = ARGV[at + 4],
      lasting = ARGV[at + 5], fields = {}}
  for field = 1, 2 * tonumber(ARGV[at + 6]) do
    step.fields[field] = ARGV[at + 6 + field]
  end
  local known = done[step.state] or redis.pcall('HMGET', step.state, 'fence', 'number', 'ended')
  local stored = whole(known[2] or '0')
  local verdict
  if known.err or known[1] ~= ARGV[at + 2] or not stored then
    verdict = '-1'
  elseif step.number <= stored then
    verdict = '0'
  elseif known[3] or step.number ~= stored + 1 then
    verdict = '-1'
  else
    steps[#steps + 1] = step
    local ended = false
    for field = 1, #step.fields, 2 do
      ended = ended or step.fields[field] == 'ended'
    end
    done[step.state] = {known[1], tostring(step.number), ended and '1'}
  end
  for event = step.first, step.first + tonumber(ARGV[at + 1]) - 1 do
    skipped[event] = verdict
  end
  at = at + 7 + #step.fields
end

if anew then
  -- The first write: if Redis refuses it, nothing has been done.
  redis.call('SET', KEYS[2], epoch and '0' or string.format('%.0f', sequence or 0))
  redis.call('SET', KEYS[1], ARGV[1])
  redis.call('DEL', KEYS[3])
  epoch, tops = ARGV[1], {}
end

local clock = redis.call('TIME')
local millis = string.format('%.0f', clock[1] * 1000 + math.floor(clock[2] / 1000))
local hour = math.floor(clock[1] / 3600)
local answer = {epoch}

local function mark(given)
  -- The first sequence of each hour tells how old an id is.
  local first = redis.pcall('HSETNX', KEYS[3], string.format('%d', hour), given)
  if type(first) == 'table' then
    redis.call('DEL', KEYS[3])
  elseif first == 1 then
    for _, known in ipairs(redis.call('HKEYS', KEYS[3])) do
      if (whole(known) or 0) < hour - tonumber(ARGV[2]) then
        redis.call('HDEL', KEYS[3], known)
      end
    end
  end
end

for i = 0, events - 1 do
  local log, top, idempotency_key = KEYS[4 + 3 * i] .. '@' .. epoch, KEYS[5 + 3 * i] .. '@' .. epoch, KEYS[6 + 3 * i]
  local a = 4 + 7 * i
  local topic, type, key, json = ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3]
  local kept, lasting, remembered = ARGV[a + 4], ARGV[a + 5], ARGV[a + 6]
  local known = remembered ~= '0' and whole(value(idempotency_key))
  local given = skipped[i] or known and string.format('%.0f', known)
  if not given then
    given = string.format('%.0f', redis.call('INCR', KEYS[2]))
    local previous = string.format('%.0f', tops[top] or 0)
    redis.call('XADD', log, 'MAXLEN', kept, given .. '-' .. millis, 'p', previous, 't', type, 'k', key, 'd', json)
    redis.call('PEXPIRE', log, lasting)
    redis.call('SET', top, given, 'PX', lasting)
    tops[top] = tonumber(given)
    if remembered ~= '0' then
      redis.call('SET', idempotency_key, given, 'PX', remembered)
    end
    mark(given)
    redis.call('PUBLISH', 'pado:topic:' .. topic, table.concat({epoch, given, previous, millis, type, key, json}, '\n'))
  end
  answer[#answer + 1] = given
end

for _, step in ipairs(steps) do
  redis.call('HSET', step.state, 'number', string.format('%.0f', step.number), 'epoch', epoch, 'place', answer[2 + step.first], unpack(step.fields))
  redis.call('PEXPIRE', step.state, step.lasting)
  if step.piece ~= '' then
    if type(redis.pcall('APPEND', step.text, step.piece)) == 'table' then -- A foreign hand wrote it: it counts as lost.
      redis.call('SET', step.text, step.piece)
    end
    redis.call('PEXPIRE', step.text, step.lasting)
  end
end
return answer
