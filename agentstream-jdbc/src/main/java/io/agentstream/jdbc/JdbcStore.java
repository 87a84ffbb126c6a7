package io.agentstream.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.journal.UnavailableException;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.Store;
import io.agentstream.store.StoredConversation;
import io.agentstream.wire.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations in an H2 or PostgreSQL database. Makes its tables, whose names begin with
 * {@code agentstream_}, and touches nothing else there. Safe from any thread.
 *
 * <pre>{@code
 * JdbcStore store = JdbcStore.inFolder(Path.of("agentstream-data"));
 * ConversationHub hub = ConversationHub.builder().agents(optimist, sceptic).store(store).build();
 * }</pre>
 *
 * <p>Close the hub first, then the store.
 */
public final class JdbcStore implements Store {

  private final Database database;
  private final Product product;
  private final Sharing sharing;
  private final ServerLock lock;
  private final Runnable onClose;

  private JdbcStore(DataSource source, Sharing sharing, Runnable onClose) {
    this.product = product(source);
    if (sharing == Sharing.NODES && product != Product.POSTGRESQL) {
      throw new IllegalArgumentException("Several nodes need PostgreSQL, and this is " + product);
    }
    if (product == Product.H2) {
      H2Settings.check(source);
    }
    this.sharing = sharing;
    this.lock = ServerLock.take(source, product, sharing);
    this.database = new Database(source, product, lock);
    this.onClose = onClose;
    try {
      lock.alone(() -> new Migrations(product).run(database));
    } catch (Throwable e) {
      lock.close();
      throw e;
    }
  }

  private static Product product(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return Product.named(connection.getMetaData().getDatabaseProductName());
    } catch (SQLException e) {
      throw Failures.translated(e);
    }
  }

  /**
   * Opens a store in a database of the application, and makes or upgrades its tables.
   *
   * @param source gives connections to H2 or PostgreSQL, at least four at a time; {@link #close}
   *     leaves it open. For H2, give {@code
   *     WRITE_DELAY=0;AUTO_COMPACT_FILL_RATE=0;MAX_COMPACT_TIME=0} in the URL, else crashes can
   *     undo commits, of which a line in the log warns, and a user with admin rights, else a
   *     checkpoint is refused
   * @throws UnavailableException if the database cannot be reached, or another server uses it
   * @throws IllegalArgumentException if it is another kind of database
   * @throws IllegalStateException if a newer agentstream has made the tables
   */
  public static JdbcStore of(DataSource source) {
    return new JdbcStore(source, Sharing.ONE_SERVER, () -> {});
  }

  /**
   * Opens a store in a folder of its own, in an H2 database that it makes if there is none. One
   * process at a time can have it open. {@link #close} rewrites a file of which most is out of use,
   * in time that grows with what is stored; a kill meanwhile loses nothing.
   *
   * @throws UnavailableException if another process has it open, or the folder cannot be written
   *     to; the message names the folder and the remedy
   * @throws IllegalStateException if a newer agentstream has written it
   */
  public static JdbcStore inFolder(Path folder) {
    HikariDataSource pool = Pools.h2(folder);
    return opened(pool, Sharing.ONE_SERVER, () -> Compaction.close(pool));
  }

  /**
   * Opens a store at a JDBC URL, with a small pool of connections.
   *
   * @param url such as {@code jdbc:postgresql://localhost/agentstream}. A URL of H2 gets the
   *     settings that keep commits in the file, unless it gives others
   * @param user null if the URL names the user or none is needed
   * @param password null for none
   * @throws UnavailableException if the database cannot be reached, does not let this user in, or
   *     is in use by another server
   * @throws IllegalArgumentException if it is neither H2 nor PostgreSQL
   * @throws IllegalStateException if a newer agentstream has made the tables
   */
  public static JdbcStore at(String url, @Nullable String user, @Nullable String password) {
    HikariDataSource pool = Pools.at(url, user, password);
    return opened(pool, Sharing.ONE_SERVER, pool::close);
  }

  /**
   * Opens a store in a database of the application for one of several nodes, which share their
   * conversations through a backplane: give the hub both.
   *
   * @param source gives connections to PostgreSQL, at least four at a time; {@link #close} leaves
   *     it open
   * @throws UnavailableException if the database cannot be reached, or a server that is no such
   *     node uses it
   * @throws IllegalArgumentException if it is no PostgreSQL
   * @throws IllegalStateException if a newer agentstream has made the tables
   */
  public static JdbcStore ofNodes(DataSource source) {
    return new JdbcStore(source, Sharing.NODES, () -> {});
  }

  /**
   * Does the same with a small pool of connections to a JDBC URL.
   *
   * @param url such as {@code jdbc:postgresql://localhost/agentstream}
   * @param user null if the URL names the user or none is needed
   * @param password null for none
   */
  public static JdbcStore ofNodesAt(String url, @Nullable String user, @Nullable String password) {
    HikariDataSource pool = Pools.at(url, user, password);
    return opened(pool, Sharing.NODES, pool::close);
  }

  private static JdbcStore opened(HikariDataSource pool, Sharing sharing, Runnable onClose) {
    try {
      return new JdbcStore(pool, sharing, onClose);
    } catch (Throwable e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public boolean isForNodes() {
    return sharing == Sharing.NODES;
  }

  @Override
  public List<String> problems() {
    return lock.problems();
  }

  @Override
  public void add(ConversationInfo conversation) {
    int unused = database.write(connection -> Conversations.add(connection, conversation));
  }

  @Override
  public Optional<String> startedBy(StartRequest request) {
    return database.read(connection -> Conversations.startedBy(connection, request));
  }

  @Override
  public String started(StartRequest request, String conversationId) {
    return database.write(connection -> Conversations.started(connection, request, conversationId));
  }

  @Override
  public void save(List<ConversationChange> changes) {
    int unused =
        database.write(
            connection -> {
              for (ConversationChange change : changes) {
                if (Conversations.save(connection, change)) {
                  Messages.save(connection, change);
                }
              }
              return changes.size();
            });
  }

  @Override
  public long claim(String conversationId) {
    return database.write(connection -> Conversations.claim(connection, conversationId));
  }

  @Override
  public boolean claim(String conversationId, long epoch) {
    return database.write(connection -> Conversations.claim(connection, conversationId, epoch));
  }

  @Override
  public Optional<StoredConversation> load(String conversationId) {
    return database.read(connection -> Conversations.load(connection, conversationId));
  }

  @Override
  public Optional<ConversationInfo> find(String conversationId) {
    return database.read(connection -> Conversations.find(connection, conversationId));
  }

  @Override
  public Map<String, Snapshot.State> states(Collection<String> conversationIds) {
    return database.read(connection -> Conversations.states(connection, conversationIds));
  }

  @Override
  public List<String> unfinished(@Nullable String after, int most) {
    return database.read(connection -> Conversations.unfinished(connection, after, most));
  }

  @Override
  public ConversationPage list(ConversationQuery query) {
    ConversationSearch search = new ConversationSearch(query);
    return database.read((Connection connection) -> search.read(connection));
  }

  @Override
  public boolean rename(String conversationId, String title) {
    return database.write(connection -> Conversations.rename(connection, conversationId, title));
  }

  @Override
  public boolean remove(String conversationId) {
    return database.write(connection -> Conversations.remove(connection, conversationId));
  }

  @Override
  public int removeOlderThan(Instant before, int most) {
    return database.write(connection -> Conversations.removeOlderThan(connection, before, most));
  }

  @Override
  public boolean together(Runnable writes) {
    database.together(writes);
    return true;
  }

  @Override
  public Optional<Kept> definitions(String userId) {
    return database.read(
        connection -> VersionedDocuments.DEFINITIONS.of(connection, Texts.key(userId)));
  }

  @Override
  public boolean keepDefinitions(String userId, long earlier, String document) {
    return database.write(
        connection ->
            VersionedDocuments.DEFINITIONS.keep(connection, Texts.key(userId), earlier, document));
  }

  @Override
  public Optional<Kept> shares(String conversationId) {
    return database.read(connection -> VersionedDocuments.SHARES.of(connection, conversationId));
  }

  @Override
  public boolean keepShares(String conversationId, long earlier, String document) {
    return database.write(
        connection ->
            VersionedDocuments.SHARES.keep(connection, conversationId, earlier, document));
  }

  /**
   * Writes a backup of an H2 database while the store is in use: a zip file with the database file
   * as it stands at one moment. To restore it, stop the server and unpack the file into the folder.
   * Blocks until it is written.
   *
   * @param zip the file to write; its folder must exist, and a file of this name is replaced
   * @throws UnavailableException if it cannot be written
   * @throws IllegalStateException if the database is PostgreSQL, which has {@code pg_dump}
   */
  public void backUp(Path zip) {
    if (product != Product.H2) {
      throw new IllegalStateException("Only H2 is backed up here: use pg_dump for PostgreSQL");
    }
    boolean unused =
        database.read(
            connection -> {
              try (PreparedStatement backup = connection.prepareStatement("BACKUP TO ?")) {
                backup.setString(1, zip.toAbsolutePath().toString());
                return backup.execute();
              }
            });
  }

  /** Closes the connections, unless they belong to a {@link DataSource} of the application. */
  @Override
  public void close() {
    lock.close();
    onClose.run();
  }
}
