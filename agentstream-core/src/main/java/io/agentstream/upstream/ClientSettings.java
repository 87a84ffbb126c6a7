package io.agentstream.upstream;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What the builder was told, in the units it was told. */
record ClientSettings(
    Duration headTimeout,
    int maxEventBytes,
    long maxResponseBytes,
    boolean rawEventsKept,
    Executor executor,
    ChatClock clock) {}
