-- Renews the runs that a node makes, and tells what has become of each.
-- KEYS: leases, then for each run its state.
-- ARGV: milliseconds of the lease, begin of the keys of states, begin of the keys of queues, then for each run: id, fence.
-- Returns for each run: gone (there is no such run), lost (another node has it, or it has ended), or "turn number stop": 1 if it is its turn in its
-- room and else 0; the number of its last step; and why it is to be stopped, if it is.
local clock = redis.call('TIME')
local till = clock[1] * 1000 + math.floor(clock[2] / 1000) + tonumber(ARGV[1])
local answer = {}

local function first(room)
  local queue = ARGV[3] .. room
  while true do
    local run = redis.call('LINDEX', queue, 0)
    local known = run and redis.call('HMGET', ARGV[2] .. run, 'fence', 'ended')
    if not run or known[1] and not known[2] then
      return run
    end
    redis.call('LPOP', queue)
  end
end

for i = 2, #KEYS do
  local id, fence = ARGV[2 * i], ARGV[2 * i + 1]
  local known = redis.pcall('HMGET', KEYS[i], 'fence', 'ended', 'room', 'stop', 'number')
  if known.err then -- a foreign hand has written something else
    answer[#answer + 1] = 'lost'
  elseif not known[1] then
    answer[#answer + 1] = 'gone'
  elseif known[1] ~= fence or known[2] then
    answer[#answer + 1] = 'lost'
  else
    redis.call('ZADD', KEYS[1], till, id)
    local head = known[3] == '' and id or first(known[3])
    -- A queue that was lost begins anew with whoever asks.
    answer[#answer + 1] = ((not head or head == id) and '1 ' or '0 ') .. (known[5] or '0') .. ' ' .. (known[4] or '')
  end
end
return answer
