-- Makes a conversation that another node has left behind this node's, under the next epoch. May be
-- asked again where the answer was lost, as long as this node has written nothing under that epoch.
-- While nothing has been written at all, there is nothing to go on with: the other node has one
-- lease more to come back and write; after that the conversation is removed.
-- KEYS: the conversation, its events. ARGV: the other node, this node, milliseconds to keep,
--       milliseconds of a lease, the key of the set of what the other node runs, the conversation's
--       id. The set is no KEY: it lies in another slot, which a shard of a Redis Cluster would
--       refuse. What nobody has to go on with leaves it in the same step, so that a node that comes
--       back keeps its entry; what this node has taken leaves it when this node knows of that.
-- Gives the owner, which is still the other node while that may come back; where it is this node by
-- such a call, also epoch, definition, what to go on with and the directory's entry, '' for none.
local head = redis.call(
    'HMGET', KEYS[1], 'node', 'epoch', 'definition', 'saved', 'seq', 'left_at', 'info')
if head[1] == ARGV[2] and head[5] == '0' and tonumber(head[2]) then
  return {ARGV[2], head[2], head[3] or '', head[4] or '', head[7] or ''}
end
if head[1] ~= ARGV[1] then
  redis.call('SREM', ARGV[5], ARGV[6])
  return {head[1] or ''}
end
if head[2] == '1' and head[5] == '0' then
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  if not tonumber(head[6]) then
    redis.call('HSET', KEYS[1], 'left_at', string.format('%.0f', now))
    return {ARGV[1]}
  end
  if now - tonumber(head[6]) < tonumber(ARGV[4]) then
    return {ARGV[1]}
  end
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('PUBLISH', KEYS[1], 'R')
  redis.call('SREM', ARGV[5], ARGV[6])
  return {''}
end
local epoch = tonumber(head[2]) and string.format('%.0f', tonumber(head[2]) + 1)
if not epoch or not redis.call('XADD', KEYS[2], 'NOMKSTREAM', epoch .. '-0', 'e', '') then
  redis.call('SREM', ARGV[5], ARGV[6])
  return {''}
end
redis.call('HSET', KEYS[1], 'epoch', epoch, 'node', ARGV[2], 'seq', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return {ARGV[2], epoch, head[3] or '', head[4] or '', head[7] or ''}
