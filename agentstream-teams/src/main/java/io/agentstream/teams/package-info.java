/**
 * Reads agents and teams from a file. {@link io.agentstream.teams.TeamFile} is the file: records
 * with a component for each key. {@link io.agentstream.teams.Teams} builds core's agents and group
 * chats from it.
 */
@NullMarked
package io.agentstream.teams;

import org.jspecify.annotations.NullMarked;
