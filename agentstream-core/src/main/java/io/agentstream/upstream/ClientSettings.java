package io.agentstream.upstream;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The builder's settings, in the units in which they were given. */
record ClientSettings(
    Duration headTimeout,
    int maxEventBytes,
    long maxResponseBytes,
    boolean rawEventsKept,
    Executor executor,
    ChatClock clock) {}
