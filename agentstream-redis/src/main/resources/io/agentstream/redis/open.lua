-- Opens an epoch of a conversation, or refuses it. Says 'new' where nothing was known of it.
-- KEYS: the conversation, its events. ARGV: node, epoch, milliseconds to keep, 'forgotten' where it
-- must be unknown, else ''.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if epoch then
  local opened = tonumber(epoch) or 0
  local wanted = tonumber(ARGV[2])
  if opened == wanted and redis.call('HGET', KEYS[1], 'node') == ARGV[1] then
    -- It is not left behind: its node is about to write.
    redis.call('HDEL', KEYS[1], 'left_at')
    return {'ok', epoch}
  end
  if opened >= wanted or ARGV[4] == 'forgotten' then
    return {'stale', epoch, redis.call('HGET', KEYS[1], 'node') or ''}
  end
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'node', ARGV[1], 'seq', '0')
-- From here on Redis itself refuses every entry of an older epoch.
redis.call('XADD', KEYS[2], ARGV[2] .. '-0', 'e', '')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return {epoch and 'ok' or 'new', ARGV[2]}
