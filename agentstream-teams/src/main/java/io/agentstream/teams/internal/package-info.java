/**
 * Reads and writes the records of a team file and describes them as a JSON Schema. Not for
 * applications; changes without notice.
 */
@NullMarked
package io.agentstream.teams.internal;

import org.jspecify.annotations.NullMarked;
