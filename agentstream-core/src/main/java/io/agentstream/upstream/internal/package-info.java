/**
 * The part of the model calls that the chat uses and applications do not. It changes without
 * notice.
 */
@NullMarked
package io.agentstream.upstream.internal;

import org.jspecify.annotations.NullMarked;
