-- Forgets a conversation and tells the other nodes, unless another node has it by now.
-- KEYS: the conversation, its events. ARGV: this node.
local owner = redis.call('HGET', KEYS[1], 'node')
if owner and owner ~= ARGV[1] then
  return {}
end
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('PUBLISH', KEYS[1], 'R')
return {}
