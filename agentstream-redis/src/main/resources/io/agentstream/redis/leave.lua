-- Forgets a node that counts as dead and has left nothing, unless it has come back meanwhile.
-- KEYS: the set of nodes. ARGV: the node, its key, the key of the set of what it runs. The last two
-- are no KEYS: they lie in other slots, which a shard of a Redis Cluster would refuse.
if redis.call('EXISTS', ARGV[2], ARGV[3]) == 0 then
  redis.call('SREM', KEYS[1], ARGV[1])
end
return {}
