-- Moves a conversation from a node that has left it to this node, under the next epoch. The call may
-- be repeated if its answer was lost, as long as this node has written nothing under that epoch.
-- KEYS: the conversation, its events. ARGV: the other node, this node, milliseconds to keep.
-- Returns the owner. If such a call has made this node the owner, it also returns epoch, definition and
-- saved state, '' for none.
local head = redis.call('HMGET', KEYS[1], 'node', 'epoch', 'definition', 'saved', 'seq')
if head[1] == ARGV[2] and head[5] == '0' and tonumber(head[2]) then
  return {ARGV[2], head[2], head[3] or '', head[4] or ''}
end
if head[1] ~= ARGV[1] then
  return {head[1] or ''}
end
if not tonumber(head[2]) then
  return {''}
end
local epoch = string.format('%.0f', tonumber(head[2]) + 1)
if not redis.call('XADD', KEYS[2], 'NOMKSTREAM', epoch .. '-0', 'e', '') then
  return {''}
end
redis.call('HSET', KEYS[1], 'epoch', epoch, 'node', ARGV[2], 'seq', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return {ARGV[2], epoch, head[3] or '', head[4] or ''}
