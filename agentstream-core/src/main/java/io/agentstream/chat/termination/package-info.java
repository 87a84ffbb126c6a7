/**
 * When a run ends. {@link io.agentstream.chat.termination.TerminationCondition} is evaluated on the
 * task and after each step; the kinds that come with the library are made by its static methods and
 * composed with {@code and} and {@code or}.
 */
@NullMarked
package io.agentstream.chat.termination;

import org.jspecify.annotations.NullMarked;
