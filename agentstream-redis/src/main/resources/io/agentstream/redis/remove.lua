-- Removes a conversation and notifies the other nodes, unless another node has taken it over.
-- KEYS: the conversation, its events. ARGV: this node.
local owner = redis.call('HGET', KEYS[1], 'node')
if owner and owner ~= ARGV[1] then
  return {}
end
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('PUBLISH', KEYS[1], 'R')
return {}
