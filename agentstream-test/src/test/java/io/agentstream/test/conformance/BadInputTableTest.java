package io.agentstream.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BadInputTableTest {

  @Test
  void the_table_has_more_than_200_rows_each_one_once() {
    List<BadInput> rows =
        BadInputTable.rows(
            "AAAAAAAAAAAAAAAAAAAAAA",
            Json.parse(
                "{\"max_message_bytes\":65536,\"max_agents\":16,\"max_rounds\":50,\"max_topic_chars\":8000}"));

    assertThat(rows).hasSizeGreaterThan(200);
    assertThat(rows).extracting(BadInput::name).doesNotHaveDuplicates();
    System.out.println("bad inputs: " + rows.size() + " distinct rows");
  }
}
