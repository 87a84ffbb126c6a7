/**
 * Shares conversations among several nodes through Redis. Any node serves any viewer, and when a
 * node dies, the others take over its conversations.
 *
 * <p>{@link io.agentstream.redis.RedisBackplane} is the entry point. {@code docs/scaling.md} says
 * how many nodes and how much Redis a service needs.
 */
@NullMarked
package io.agentstream.redis;

import org.jspecify.annotations.NullMarked;
