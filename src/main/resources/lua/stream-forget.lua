-- Drops consumers of processes that are long gone. KEYS: stream. ARGV: group, idle ms. Those that have entries pending stay, for Redis would
-- drop the entries with them; looking and dropping must be one step.
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local info = {}
  for i = 1, #consumer, 2 do
    info[consumer[i]] = consumer[i + 1]
  end
  if info.pending == 0 and info.idle > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], info.name)
  end
end
return 1
