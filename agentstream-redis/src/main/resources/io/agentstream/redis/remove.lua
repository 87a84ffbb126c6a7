-- Forgets a conversation and tells the other nodes.
-- KEYS: the conversation, its events.
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('PUBLISH', KEYS[1], 'R')
return {}
