package io.agentstream.examples.demo;

/**
 * A piece of an answer.
 *
 * @param text what is said; not empty
 * @param afterMillis how long after the piece before it, in milliseconds
 */
public record TimedToken(String text, int afterMillis) {}
