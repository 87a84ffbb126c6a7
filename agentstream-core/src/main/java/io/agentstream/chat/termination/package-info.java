/**
 * Termination of runs. A {@link io.agentstream.chat.termination.TerminationCondition} is evaluated
 * on the topic and after each step. Its static methods create the conditions of this library, which
 * {@code and} and {@code or} compose.
 */
@NullMarked
package io.agentstream.chat.termination;

import org.jspecify.annotations.NullMarked;
