-- Keeps the links of a conversation, unless another change came first or the conversation is gone.
-- KEYS: the conversation. ARGV: the version that is replaced, 0 for none; the version of the new
-- document; the document.
local head = redis.call('HMGET', KEYS[1], 'info', 'shares_version')
if not head[1] or (head[2] or '0') ~= ARGV[1] then
  return {'no'}
end
redis.call('HSET', KEYS[1], 'shares_version', ARGV[2], 'shares', ARGV[3])
return {'ok'}
