-- Appends events, each under the id epoch-seq, and announces them to the other nodes. Events that are
-- already there are skipped, so the same call may arrive twice.
-- KEYS: the conversation, its events.
-- ARGV: epoch, seq of the first event, oldest seq to keep, snapshot (or ''), the snapshot's seq,
--       definition (or ''), saved state (or ''), the conversation's state (or '' if unchanged),
--       events...
local head = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
if not head[1] or not tonumber(head[2]) then
  return {'gone', '0'}
end
if head[1] ~= ARGV[1] then
  return {'stale', tonumber(head[1]) and head[1] or '0'}
end
local last = tonumber(head[2])
local first = tonumber(ARGV[2])
if first > last + 1 and (ARGV[4] == '' or tonumber(ARGV[5]) < first - 1) then
  return {'gap', head[2]}
end
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], 'snapshot', ARGV[4], 'snapshot_epoch', ARGV[1])
end
local told = {}
for i = 9, #ARGV do
  local seq = first + i - 9
  if seq > last then
    local id = ARGV[1] .. '-' .. string.format('%.0f', seq)
    if not redis.call('XADD', KEYS[2], 'NOMKSTREAM', id, 'e', ARGV[i]) then
      return {'gone', '0'}
    end
    if #told == 0 then
      told[1] = 'E ' .. ARGV[1] .. ' ' .. string.format('%.0f', seq)
    end
    told[#told + 1] = ARGV[i]
  end
end
local newest = math.max(last, first + #ARGV - 9)
if newest > last then
  redis.call('HSET', KEYS[1], 'seq', string.format('%.0f', newest))
end
if ARGV[6] ~= '' then
  redis.call('HSET', KEYS[1], 'definition', ARGV[6], 'saved', ARGV[7])
end
if ARGV[8] ~= '' then
  redis.call('HSET', KEYS[1], 'state', ARGV[8])
end
if ARGV[3] ~= '1' then
  redis.call('XTRIM', KEYS[2], 'MINID', '~', ARGV[1] .. '-' .. ARGV[3])
end
if #told > 0 then
  redis.call('PUBLISH', KEYS[1], table.concat(told, '\n'))
end
return {'ok', string.format('%.0f', newest)}
