/** The time limits, bounds and quotas, with their defaults and units. */
@NullMarked
package io.agentstream.settings;

import org.jspecify.annotations.NullMarked;
