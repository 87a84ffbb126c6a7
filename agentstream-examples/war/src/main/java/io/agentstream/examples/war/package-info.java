/**
 * The web application of the example WAR: {@link io.agentstream.examples.war.DemoHub} is all of its
 * code.
 */
@NullMarked
package io.agentstream.examples.war;

import org.jspecify.annotations.NullMarked;
