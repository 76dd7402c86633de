-- Asks for the end of the runs of a room that were opened before one.
-- KEYS: state of that run, queue of its room. ARGV: id, fence, begin of the keys of states.
-- What a foreign hand has written there is no run, and holds up nobody.
if redis.pcall('HGET', KEYS[1], 'fence') ~= ARGV[2] then
  return 0
end
local queue = redis.pcall('LRANGE', KEYS[2], 0, -1)
local place = 0
for i, run in ipairs(queue) do
  if run == ARGV[1] then
    place = i
  end
end
for i = 1, place - 1 do
  local state = ARGV[3] .. queue[i]
  local known = redis.pcall('HMGET', state, 'fence', 'ended')
  if not known.err and known[1] and not known[2] then
    redis.call('HSETNX', state, 'stop', 'interrupted')
  end
end
return 0
