package io.agentstream.teams.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramEnvironmentTest {

  @Test
  void a_program_gets_no_keys_and_tokens_of_our_process() {
    ProcessBuilder program = new ProcessBuilder("true");
    Map<String, String> environment = program.environment();
    environment.clear();
    environment.putAll(
        Map.of(
            "PATH", "/bin",
            "LC_ALL", "C.UTF-8",
            "OPENAI_API_KEY", "sk-1",
            "AGENTSTREAM_TOKENS", "mia=t",
            "HTTPS_PROXY", "http://mia:p@proxy.example",
            "JAVA_TOOL_OPTIONS", "-Dkey=1"));

    ProgramEnvironment.limit(program);

    assertThat(environment).isEqualTo(Map.of("PATH", "/bin", "LC_ALL", "C.UTF-8"));
  }

  @Test
  void names_are_compared_as_windows_does() {
    assertThat(ProgramEnvironment.isInherited("Path")).isTrue();
    assertThat(ProgramEnvironment.isInherited("SystemRoot")).isTrue();
    assertThat(ProgramEnvironment.isInherited("OpenAi_Api_Key")).isFalse();
  }
}
