/**
 * Runs tests many times on a busy machine.
 *
 * <p>{@link io.agentstream.test.stress.Stress} marks such a test, and {@link
 * io.agentstream.test.stress.Pressure} keeps the machine busy.
 */
@NullMarked
package io.agentstream.test.stress;

import org.jspecify.annotations.NullMarked;
