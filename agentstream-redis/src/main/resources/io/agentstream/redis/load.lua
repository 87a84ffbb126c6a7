-- Returns a conversation: epoch, snapshot (or ''), then id and text of each event that is still kept,
-- all of the newest epoch that has events; returns nothing if there is no such conversation.
-- KEYS: the conversation, its events.
local head = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'snapshot', 'snapshot_epoch')
if not tonumber(head[1]) then
  return {}
end
local from = '-'
local snapshot = head[3] or ''
if head[2] ~= '0' then
  from = head[1] .. '-0'
  if head[4] ~= head[1] then
    snapshot = ''
  end
end
local result = {head[1], snapshot}
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], from, '+')) do
  if entry[2][2] ~= '' then
    result[#result + 1] = entry[1]
    result[#result + 1] = entry[2][2]
  end
end
return result
