-- What the scripts of runs share; it stands before them.
-- A key that a foreign hand has made something else of counts as lost: it holds up only what it stands for.

-- Takes such a key away. Returns the key.
local function own(key, wanted)
  local type = redis.call('TYPE', key).ok
  if type ~= 'none' and type ~= wanted then
    redis.call('DEL', key)
  end
  return key
end

-- Fields of a run: none if it is not there. The second answer tells that there is something else.
local function read(state, ...)
  local got = redis.pcall('HMGET', state, ...)
  if not got.err then
    return got, false
  end
  if string.find(got.err, 'WRONGTYPE', 1, true) then
    return {}, true
  end
  return redis.call('HMGET', state, ...), false
end

local function alive(state)
  local known = read(state, 'fence', 'ended')
  return known[1] and not known[2]
end
