-- Asks for the end of what is being answered in a room, and of what its owner has asked there before a run of theirs. What others wait for is not ended.
-- KEYS: state of that run, queue of its room. ARGV: id, fence, begin of the keys of states.
local mine = read(KEYS[1], 'fence', 'owner')
if mine[1] ~= ARGV[2] then
  return 0
end
local queue = redis.call('LRANGE', own(KEYS[2], 'list'), 0, -1)
local place = 0
for i, run in ipairs(queue) do
  if run == ARGV[1] then
    place = i
  end
end
-- The first one that lives has its turn, though its beginning may not be stored yet.
local isFirst = true
for i = 1, place - 1 do
  local state = ARGV[3] .. queue[i]
  local other = read(state, 'fence', 'ended', 'owner', 'state')
  if other[1] and not other[2] then
    local waits = not isFirst and (not other[4] or other[4] == 'queued')
    if other[3] == mine[2] or not waits then
      redis.call('HSETNX', state, 'stop', 'interrupted')
    end
    isFirst = false
  end
end
return 0
