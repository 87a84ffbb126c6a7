package io.agentstream.chat.speaker;

/** Somebody who can be picked. */
public record Participant(String name, String description) {}
