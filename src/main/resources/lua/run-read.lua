-- Reads a run at one moment. KEYS: state, text. Returns: its text, then name and value of each field.
local answer = {redis.call('GET', own(KEYS[2], 'string')) or ''}
for _, part in ipairs(redis.call('HGETALL', KEYS[1])) do
  answer[#answer + 1] = part
end
return answer
