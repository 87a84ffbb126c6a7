package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People choose a team of the server, or agents one by one. The demo model speaks. */
@Timeout(300)
class PageTeamsIT {

  private static final String AGENTS =
      """
      version: 1
      agents: [{name: Ann, description: Sees the good}, {name: Ben, description: Doubts}]
      """;

  private static final String TEAMS =
      AGENTS
          + """
          teams:
            - name: Pair
              description: Two voices
              participants: [Ann, Ben]
              end_when: {messages: 3}
              max_rounds: 4
              samples: [Tea or coffee?]
            - {name: <b>Solo</b>, participants: [Ben], max_rounds: 1}
          """;

  @TempDir private Path folder;

  private final CompletionServer model = CompletionServer.start(new HurriedDemo());
  private EmbeddedServer server;
  private BrowserContext context;

  private Page open(String file) throws IOException {
    Path teams = Files.writeString(folder.resolve("teams.yaml"), file);
    server =
        EmbeddedServer.start(
            Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", teams.toString());
    context = Chromium.shared().newContext(new Browser.NewContextOptions().setLocale("en-US"));
    Page page = context.newPage();
    page.navigate(server.http("/").toString());
    assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(2);
    return page;
  }

  @AfterEach
  void close() {
    context.close();
    server.close();
    model.close();
  }

  private static Locator team(Page page, String name) {
    return page.locator(".team-card[data-team='" + name + "']");
  }

  @Test
  void the_first_team_is_chosen_and_its_topics_are_offered_and_it_talks_until_its_own_end()
      throws IOException {
    Page page = open(TEAMS);
    assertThat(team(page, "Pair").locator("input")).isChecked();
    assertThat(team(page, "Pair")).containsText("Two voices");
    assertThat(team(page, "Pair")).containsText("In turn · at most 4 rounds");
    assertThat(team(page, "Pair").locator(".avatar")).hasCount(2);
    assertThat(page.locator("#rounds")).isHidden();
    assertThat(page.locator("#agents")).isHidden();
    assertThat(page.locator("#speaker-selection")).isHidden();
    assertThat(page.locator("#suggestions button")).hasText("Tea or coffee?");
    page.click("#suggestions button");
    page.click("#start");
    assertThat(page.locator("#conversation-topic")).hasText("Tea or coffee?");
    assertThat(page.locator("#conversation-state")).hasAttribute("data-state", "ended");
    assertThat(page.locator(".message")).hasCount(2);
  }

  @Test
  void a_name_is_text_and_one_round_is_called_so() throws IOException {
    Page page = open(TEAMS);
    Locator solo = page.locator(".team-card").last();
    assertThat(solo.locator(".team-name")).hasText("<b>Solo</b>");
    assertThat(solo).containsText("one round");
    solo.click();
    assertThat(solo.locator("input")).isChecked();
    assertThat(page.locator("#suggestions button")).hasCount(3);
  }

  @Test
  void who_chooses_agents_has_rounds_and_a_selection_as_without_teams() throws IOException {
    Page page = open(TEAMS);
    team(page, "").click();
    assertThat(page.locator("#rounds")).isVisible();
    assertThat(page.locator("#speaker-selection")).isVisible();
    page.fill("#rounds", "1");
    page.locator(".agent-check[value=Ben]").setChecked(false);
    page.fill("#topic", "Tea?");
    page.click("#start");
    assertThat(page.locator("#conversation-state")).hasAttribute("data-state", "ended");
    assertThat(page.locator(".message[data-agent=Ann]")).hasCount(1);
    assertThat(page.locator(".message[data-agent=Ben]")).hasCount(0);
  }

  @Test
  void without_teams_the_view_is_as_it_was() throws IOException {
    Page page = open(AGENTS);
    assertThat(page.locator("#teams")).isHidden();
    assertThat(page.locator("#rounds")).isVisible();
    assertThat(page.locator("#suggestions button")).hasCount(3);
  }
}
