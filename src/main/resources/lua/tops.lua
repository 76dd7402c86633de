-- Looks where topics stand.
-- KEYS: epoch, sequence, then for each topic its top, which has the epoch at the end of its name
-- Returns: epoch, or an empty text if there is no log; sequence; for each topic the sequence of its last event, 0 for none
local function number(key)
  return string.format('%.0f', whole(value(key)) or 0)
end

local epoch = epochOf(KEYS[1]) or ''
local answer = {epoch, number(KEYS[2])}
for i = 3, #KEYS do
  answer[i] = number(KEYS[i] .. '@' .. epoch)
end
return answer
