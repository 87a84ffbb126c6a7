package io.agentstream.redis;

/**
 * This node, as Redis knows it.
 *
 * @param link its connections to Redis
 * @param keys the names of what it keeps there
 * @param id its id among the nodes
 */
record ThisNode(RedisLink link, Keys keys, String id) {}
