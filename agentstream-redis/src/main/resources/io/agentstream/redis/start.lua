-- Records the conversation that a request starts, unless the request already has one. A conversation
-- that is no longer kept does not count.
-- KEYS: the request. ARGV: the conversation, milliseconds to remember it, a conversation that is no
-- longer kept (or '').
local known = redis.call('GET', KEYS[1])
if known and known ~= ARGV[3] then
  return {known}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {ARGV[1]}
