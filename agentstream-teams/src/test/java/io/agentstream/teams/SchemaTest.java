package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The published schema is what the reader reads. */
class SchemaTest {

  private static final Path DOCS = Path.of("../docs/schema/teams-1.json");

  static String published() throws IOException {
    try (InputStream in =
        TeamFile.class.getResourceAsStream("/META-INF/agentstream/teams/teams-1.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(TeamFile.jsonSchema());
  }

  /** To update the files, run with -Dagentstream.write=true. */
  @Test
  void the_published_schema_has_exactly_the_keys_that_are_read() throws IOException {
    if (Boolean.getBoolean("agentstream.write")) {
      Files.createDirectories(DOCS.getParent());
      Files.writeString(DOCS, TeamFile.jsonSchema());
      Files.writeString(
          Path.of("src/main/resources/META-INF/agentstream/teams/teams-1.json"),
          TeamFile.jsonSchema());
    }
    assertThat(published()).isEqualTo(TeamFile.jsonSchema());
    assertThat(Files.readString(DOCS)).isEqualTo(published());
  }

  @Test
  void a_file_that_is_read_is_valid() throws Exception {
    String json = TeamFile.parse(TeamFileTest.review(), "review.yaml").toJson();
    assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
  }
}
