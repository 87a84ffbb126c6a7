/**
 * Tests that must hold on a busy machine, run many times on one.
 *
 * <p>{@link io.agentstream.test.stress.Stress} marks such a test, {@link
 * io.agentstream.test.stress.Pressure} makes the machine busy.
 */
@NullMarked
package io.agentstream.test.stress;

import org.jspecify.annotations.NullMarked;
