package io.agentstream.test.conformance;

/** A conversation and an epoch of its journal. */
record ConversationId(String id, long epoch) {}
