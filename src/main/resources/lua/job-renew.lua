-- Makes the leases of one node's workers longer. ARGV: lease ms, then for each of them: id, fence.
-- Returns for each 1, or 0 if the job is not this worker's any more, or was for too long.
local answer = {}
for i = 2, #ARGV, 2 do
  local state, fence, longest = read(job(ARGV[i]), 'state', 'fence', 'longest')
  local holds = state == 'running' and fence == ARGV[i + 1] and now <= (whole(longest) or 0)
  if holds then
    redis.call('ZADD', RUNNING, now + ARGV[1], ARGV[i])
  end
  answer[#answer + 1] = holds and 1 or 0
end
return answer
