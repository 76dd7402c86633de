-- Asks for the end of the runs of a room that were opened before one.
-- KEYS: state of that run, queue of its room. ARGV: id, fence, begin of the keys of states.
if read(KEYS[1], 'fence')[1] ~= ARGV[2] then
  return 0
end
local queue = redis.call('LRANGE', own(KEYS[2], 'list'), 0, -1)
local place = 0
for i, run in ipairs(queue) do
  if run == ARGV[1] then
    place = i
  end
end
for i = 1, place - 1 do
  local state = ARGV[3] .. queue[i]
  if alive(state) then
    redis.call('HSETNX', state, 'stop', 'interrupted')
  end
end
return 0
