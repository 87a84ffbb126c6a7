/** The one place where every time and every bound has its default and its unit. */
@NullMarked
package io.agentstream.settings;

import org.jspecify.annotations.NullMarked;
