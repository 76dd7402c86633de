-- Renews the runs that a node makes, and tells what has become of each.
-- KEYS: leases, then for each run its state.
-- ARGV: milliseconds of the lease, begin of the keys of states, begin of the keys of queues, then for each run: id, fence, number of the last step
--       that its maker knew to be stored before this.
-- Returns for each run: gone (there is no such run, or its last steps are lost), lost (another node has it), ended (by this maker, who may not have been
-- answered yet), or "turn stop": 1 if it is its turn in its room and else 0; and why it is to be stopped, if it is.
local clock = redis.call('TIME')
local till = clock[1] * 1000 + math.floor(clock[2] / 1000) + tonumber(ARGV[1])
local answer, leases = {}, own(KEYS[1], 'zset')

-- All behind the first one wait for it: if its lease was lost, it has another one, for nobody else may be there who renews it.
local function first(queue)
  while true do
    local run = redis.call('LINDEX', queue, 0)
    if not run then
      return run
    end
    if alive(ARGV[2] .. run) then
      redis.call('ZADD', leases, 'NX', till, run)
      return run
    end
    redis.call('LPOP', queue)
  end
end

-- A queue that was lost begins anew, in the order in which runs ask.
local function isNext(id, state, room)
  if room == '' then
    return true
  end
  local queue = own(ARGV[3] .. room, 'list')
  local head = first(queue)
  if head ~= id and not redis.call('LPOS', queue, id) then
    redis.call('RPUSH', queue, id)
    redis.call('PEXPIRE', queue, redis.call('PTTL', state))
    head = head or id
  end
  return head == id
end

for i = 2, #KEYS do
  local id, fence, stored = ARGV[3 * i - 2], ARGV[3 * i - 1], tonumber(ARGV[3 * i])
  local known, isStrange = read(KEYS[i], 'fence', 'ended', 'room', 'stop', 'number')
  if isStrange then
    answer[#answer + 1] = 'lost'
  elseif not known[1] then
    answer[#answer + 1] = 'gone'
  elseif known[1] ~= fence then
    answer[#answer + 1] = 'lost'
  elseif known[2] then
    answer[#answer + 1] = 'ended'
  else
    redis.call('ZADD', leases, till, id)
    local turn = isNext(id, KEYS[i], known[3]) and '1 ' or '0 '
    answer[#answer + 1] = (whole(known[5] or '0') or -1) < stored and 'gone' or turn .. (known[4] or '')
  end
end
return answer
