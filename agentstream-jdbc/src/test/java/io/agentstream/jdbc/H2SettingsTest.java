package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agentstream.journal.UnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An H2 database at any URL keeps what it has committed, or the log says what it lacks. */
class H2SettingsTest {

  private static final String SAFE = ";AUTO_COMPACT_FILL_RATE=0;MAX_COMPACT_TIME=0";

  @TempDir private Path folder;

  private final Logger logger = (Logger) LoggerFactory.getLogger(H2Settings.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private String url;

  @BeforeEach
  void listen() {
    url = "jdbc:h2:file:" + folder.resolve("own");
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void a_database_at_a_url_of_ones_own_moves_nothing_within_its_file() throws SQLException {
    try (JdbcStore store = JdbcStore.at(url, "sa", "")) {
      assertThat(store.unfinished(null, 1)).isEmpty();
      assertThat(setting("AUTO_COMPACT_FILL_RATE")).isZero();
      assertThat(setting("MAX_COMPACT_TIME")).isZero();
    }
    assertThat(warnings()).isEmpty();
  }

  @Test
  void a_setting_that_the_url_gives_stays_and_is_warned_of() throws SQLException {
    try (JdbcStore store = JdbcStore.at(url + ";max_compact_time=70;", "sa", "")) {
      assertThat(store.unfinished(null, 1)).isEmpty();
      assertThat(setting("AUTO_COMPACT_FILL_RATE")).isZero();
      assertThat(setting("MAX_COMPACT_TIME")).isEqualTo(70);
    }
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("can undo commits")
        .endsWith("add ;MAX_COMPACT_TIME=0 to its JDBC URL");
  }

  @Test
  void a_database_of_the_application_without_the_settings_is_warned_of_in_one_line() {
    try (JdbcStore store = JdbcStore.of(source(url))) {
      assertThat(store.unfinished(null, 1)).isEmpty();
    }
    assertThat(warnings()).singleElement().asString().endsWith("add " + SAFE + " to its JDBC URL");
  }

  @Test
  void a_database_of_the_application_with_the_settings_or_in_memory_is_not_warned_of()
      throws SQLException {
    try (JdbcStore store = JdbcStore.of(source(url + SAFE))) {
      assertThat(store.unfinished(null, 1)).isEmpty();
    }
    String memory = "jdbc:h2:mem:" + folder.getFileName();
    try (Connection held = DriverManager.getConnection(memory, "sa", "");
        JdbcStore store = JdbcStore.of(source(memory))) {
      assertThat(held.isClosed()).isFalse();
      assertThat(store.unfinished(null, 1)).isEmpty();
    }
    assertThat(warnings()).isEmpty();
  }

  @Test
  void a_setting_that_h2_does_not_know_is_said_to_be_one() {
    assertThatThrownBy(() -> JdbcStore.at(url + ";WRITE_DELY=0", "sa", ""))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("a setting that H2 does not know");
  }

  @Test
  void a_url_of_another_database_stays_as_it_is() {
    String postgres = "jdbc:postgresql://localhost/agentstream?ssl=true";
    assertThat(H2Settings.with(postgres)).isEqualTo(postgres);
  }

  private static JdbcDataSource source(String url) {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl(url);
    source.setUser("sa");
    source.setPassword("");
    return source;
  }

  /** Reads a setting of the database that is open in this process. */
  private long setting(String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      return H2Settings.value(statement, name);
    }
  }

  private List<String> warnings() {
    return lines.list.stream()
        .filter(line -> line.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
