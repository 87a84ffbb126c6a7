/**
 * Conversations on Redis, for several nodes: any of them serves any viewer, and when one dies the
 * others go on with what it ran.
 *
 * <p>{@link io.agentstream.redis.RedisBackplane} is the door. {@code docs/scaling.md} tells how
 * many nodes and how much Redis a service needs.
 */
@NullMarked
package io.agentstream.redis;

import org.jspecify.annotations.NullMarked;
