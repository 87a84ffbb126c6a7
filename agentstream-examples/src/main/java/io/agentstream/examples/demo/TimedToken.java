package io.agentstream.examples.demo;

/**
 * A piece of an answer.
 *
 * @param text the text; not empty
 * @param afterMillis the delay after the previous piece, in milliseconds
 */
public record TimedToken(String text, int afterMillis) {}
