/** Helpers of the journal. Not for applications; they change without notice. */
@NullMarked
package io.agentstream.journal.internal;

import org.jspecify.annotations.NullMarked;
