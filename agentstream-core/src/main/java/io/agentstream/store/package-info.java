/**
 * Keeps conversations beyond the life of the process.
 *
 * <p>{@link io.agentstream.store.Store} is what a database has to do; agentstream-jdbc has one for
 * H2 and PostgreSQL. {@link io.agentstream.store.StoredBackplane} puts it behind a hub: {@code
 * StoreJournal} and {@code StoreDirectory} serve from memory and from the store, {@code
 * StoreWriter} writes each turn, and {@code Wakeup} brings conversations back.
 */
@NullMarked
package io.agentstream.store;

import org.jspecify.annotations.NullMarked;
