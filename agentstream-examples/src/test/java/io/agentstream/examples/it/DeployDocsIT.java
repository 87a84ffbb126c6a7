package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of {@code docs/deploy.md}, as they are written, up to a debate of users who sign in.
 */
class DeployDocsIT extends PageScene {

  private static final Path GUIDE = Path.of("../docs/deploy.md");

  /** The browser takes it for this machine. */
  private static final String PUBLIC_NAME = "chat.example.com";

  @TempDir private Path folder;

  @Test
  void who_follows_the_guide_signs_in_and_talks_through_nginx() throws Exception {
    List<String> steps = stepByStep();
    run(steps.get(0));
    assertThat(steps.get(1)).contains("--config config.json\n", "/docs/deploy/nginx.conf");
    List<String> users = Files.readAllLines(folder.resolve("tokens"));
    assertThat(users).hasSize(2).allMatch(line -> line.matches("(ann|ben):[0-9a-f]{64}"));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tokens"))))
        .isEqualTo("rw-------");

    Map<String, String> environment = Map.of("OPENAI_BASE_URL", model.baseUrl());
    String config = folder.resolve("config.json").toString();
    try (ServerProcess guarded = ServerProcess.start(environment, "--config", config);
        Proxy nginx = Proxy.nginx(guarded)) {
      talkAndSignOut(nginx, users.get(0));
    }
  }

  private void talkAndSignOut(Proxy nginx, String user) {
    Page page = context.newPage();
    watch(page);
    page.navigate("http://" + PUBLIC_NAME + ":" + nginx.http("/").getPort() + "/");
    page.fill("#token", user);
    page.click("#sign-in");
    assertThat(page.locator("#sign-in-error")).containsText("after the colon");
    page.fill("#token", user.substring(user.indexOf(':') + 1));
    page.keyboard().press("Enter");
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(3);

    begin(page, "Tea or coffee?", "Mia", "Otto", "Lin");
    assertEnded(page);
    page.reload();
    assertThat(text(page, "Lin")).hasText("Fine.");
    assertThat(page.locator("#conversations li")).hasCount(1);

    page.click("#sign-out");
    assertThat(page.locator("#sign-in-view")).isVisible();
    page.reload();
    assertThat(page.locator("#sign-in-view")).isVisible();
    assertThat(page.locator("body")).not().containsText("Tea or coffee?");
    assertQuiet();
  }

  /** The blocks of commands under that heading. */
  private static List<String> stepByStep() throws IOException {
    String guide = Files.readString(GUIDE);
    String section = guide.split("(?m)^## Step by step$", -1)[1].split("(?m)^## ", -1)[0];
    return Pattern.compile("(?s)```sh\n(.*?)```")
        .matcher(section)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private void run(String script) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-ec", script).directory(folder.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }
}
