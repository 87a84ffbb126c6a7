package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * An application that spring-boot-devtools restarts leaves no thread and no class loader. Takes
 * half a minute, so it runs in the profile stress alone.
 */
@Tag("stress")
@EnabledIfSystemProperty(named = "agentstream.stress", matches = "[1-9]\\d*")
@Timeout(300)
class DevtoolsTest {

  @Test
  void a_restart_leaves_nothing_of_the_application() throws Exception {
    restart("application");
  }

  /** As in a build whose modules a developer has opened together: devtools reloads them all. */
  @Test
  void a_restart_leaves_nothing_of_the_library_either() throws Exception {
    restart("library");
  }

  private static void restart(String reloaded) throws Exception {
    JavaProcess.Outcome developed =
        JavaProcess.run(JavaProcess.ownClassPath(), RestartedApplication.class, reloaded);

    assertThat(developed.output()).contains("Nothing of the former starts is left");
    assertThat(developed.status()).isZero();
  }
}
