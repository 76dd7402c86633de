-- What the scripts of runs share; it stands before them, after values.lua.

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
