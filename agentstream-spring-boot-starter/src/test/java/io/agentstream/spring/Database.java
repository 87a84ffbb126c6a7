package io.agentstream.spring;

import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The application's own view of its database. */
final class Database {

  private Database() {}

  static List<String> topics(ApplicationContext application) {
    return application
        .getBean(JdbcTemplate.class)
        .queryForList("select topic from agentstream_conversation", String.class);
  }
}
