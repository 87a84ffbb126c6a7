package io.agentstream.test.conformance;

/** Which conversation, and which incarnation of its journal. */
record ConversationId(String id, long epoch) {}
