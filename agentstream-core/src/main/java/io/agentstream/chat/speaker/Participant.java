package io.agentstream.chat.speaker;

/** A possible speaker. */
public record Participant(String name, String description) {}
