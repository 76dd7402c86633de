-- What a user must be allowed by whom events are stored and announced; it stands before the scripts that need that.
-- It is asked before the first write. What is refused later has been done in part: stored and not announced, say, and stored again when it is repeated.
local function requireRights()
  if not redis.acl_check_cmd then
    -- Redis before 7 cannot be asked. It is tried on a channel that nobody hears.
    redis.call('PUBLISH', 'pado:topic:', '')
    return
  end
  for _, command in ipairs({{'PUBLISH', 'pado:topic:', ''}, {'INCR', 'pado:probe'}, {'XADD', 'pado:probe', '*', '', ''}, {'SET', 'pado:probe', ''},
      {'PEXPIRE', 'pado:probe', '1'}, {'HSET', 'pado:probe', '', ''}, {'HSETNX', 'pado:probe', '', ''}, {'HKEYS', 'pado:probe'},
      {'HDEL', 'pado:probe', ''}, {'APPEND', 'pado:probe', ''}, {'DEL', 'pado:probe'}}) do
    if not redis.acl_check_cmd(unpack(command)) then
      error({err = 'NOPERM This user may not ' .. command[1] .. ' ' .. command[2]})
    end
  end
end
