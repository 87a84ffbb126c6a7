/**
 * Keeps conversations in a database, through JDBC.
 *
 * <p>{@link io.agentstream.jdbc.JdbcStore} is the entry point. {@code Migrations} makes and
 * upgrades the tables, {@code Database} runs transactions and sorts failures, and {@code
 * Conversations}, {@code Messages} and {@code ConversationSearch} hold the SQL of one task each.
 */
@NullMarked
package io.agentstream.jdbc;

import org.jspecify.annotations.NullMarked;
