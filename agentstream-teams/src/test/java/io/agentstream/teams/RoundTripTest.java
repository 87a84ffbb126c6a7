package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import io.agentstream.teams.internal.RecordArbitraries;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A file that can be written reads back as it was, whatever its records hold. */
class RoundTripTest {

  @Provide
  Arbitrary<TeamFile> files() {
    return RecordArbitraries.of(TeamFile.class);
  }

  @Property(tries = 300)
  void a_written_file_reads_back_equal_as_yaml_and_as_json(@ForAll("files") TeamFile file) {
    assertThat(RecordArbitraries.read(TeamFile.class, file.toYaml())).isEqualTo(file);
    assertThat(RecordArbitraries.read(TeamFile.class, file.toJson())).isEqualTo(file);
  }

  @Property(tries = 100)
  void a_written_file_is_valid_by_the_schema(@ForAll("files") TeamFile file) {
    assertThat(SchemaTest.schema().validate(file.toJson(), InputFormat.JSON)).isEmpty();
  }

  @Property(tries = 1_000)
  void no_text_makes_the_reader_fail_in_another_way(@ForAll("texts") String text) {
    assertThat(BrokenFilesTest.problems(text)).isNotNull();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("{}[]:,-? 2a\n\t\"'#&*!|>%@`\\0aé作😀~")
        .ofMaxLength(60)
        .map(text -> "version: 1\nagents:\n  - " + text);
  }
}
