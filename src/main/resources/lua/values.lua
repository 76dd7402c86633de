-- What scripts share that read what others may have written; it stands before them.
-- What a foreign hand has made something else of counts as lost: it holds up only what it stands for.

-- Below this all numbers are exact, and there are enough of them left to count on.
local EXACT = 9007199254740000

-- A whole number from 0 on, in the form in which Redis counts; nil for anything else.
local function whole(text)
  if not text or text ~= '0' and not string.find(text, '^[1-9]%d*$') then
    return nil
  end
  local number = tonumber(text)
  return number < EXACT and number or nil
end

-- Text of a key, false if there is none.
local function value(key)
  local got = redis.pcall('GET', key)
  if type(got) ~= 'table' then
    return got
  end
  if string.find(got.err, 'WRONGTYPE', 1, true) then
    return false
  end
  return redis.call('GET', key)
end

-- Name of the log's epoch, false if there is no log.
local function epochOf(key)
  local name = value(key)
  return name and #name >= 4 and #name <= 32 and not string.find(name, '[^a-z0-9]') and name
end

-- Takes a key away that is of another type than it should be. Returns the key.
local function own(key, wanted)
  local type = redis.call('TYPE', key).ok
  if type ~= 'none' and type ~= wanted then
    redis.call('DEL', key)
  end
  return key
end
