package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.Eventually;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three people and five agents talk for long. The people say, change and take back, call on agents,
 * mute and stop them, and lose their connections; two pages watch. In the end all see the same.
 */
@Timeout(900)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "minutes")
class ManyPeopleIT {

  private static final int TURNS = 500;
  private static final Pattern MARK = Pattern.compile("(\\w+): .*#(\\d+)#.*", Pattern.DOTALL);
  private static final String FILE =
      """
      version: 1
      agents: [{name: Ann}, {name: Ben}, {name: Cat}, {name: Dan}, {name: Eve}]
      teams:
        - {name: Talk, participants: [Ann, Ben, Cat, Dan, Eve], max_rounds: 20}
      """;

  @TempDir private Path folder;

  private final Random random = new Random(19);
  private final Map<Integer, String> accepted = new HashMap<>();
  private int said;

  @Test
  void all_see_the_same_messages_each_once_and_by_its_author() throws IOException {
    Files.writeString(folder.resolve("teams.yaml"), FILE);
    Path file =
        Files.writeString(
            folder.resolve("settings.json"),
            "{\"team_file\":\"teams.yaml\",\"limits\":{\"messages_per_minute\":0}}");
    HttpClient client = HttpClient.newHttpClient();
    try (StubModelServer model = StubModelServer.start();
        EmbeddedServer server =
            EmbeddedServer.start(
                Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", file.toString());
        BrowserContext context =
            Chromium.shared().newContext(new Browser.NewContextOptions().setLocale("en-US"));
        BrowserContext another =
            Chromium.shared().newContext(new Browser.NewContextOptions().setLocale("zh-CN"));
        Talker anna = new Talker("Anna", client, server.webSocket());
        Talker kim = new Talker("Kim", client, server.webSocket());
        Talker zoe = new Talker("Zoe", client, server.webSocket())) {
      model.otherwise(PageScene.says("Well,", " yes."));
      Page page = context.newPage();
      page.navigate(server.http("/").toString());
      page.fill("#topic", "Tea?");
      page.click("#start");
      page.waitForURL(Pattern.compile(".*#/c/.+"));
      List<Talker> people = List.of(anna, kim, zoe);
      String id = page.url().substring(page.url().lastIndexOf('/') + 1);
      people.forEach(person -> person.join(id));
      Page guest = another.newPage();
      guest.navigate(page.url());
      List<Page> pages = List.of(page, guest);

      talk(people, pages);
      List<String> messages = sameForAll(people);
      pages.forEach(each -> assertShown(messages, each));
    }
  }

  private void talk(List<Talker> people, List<Page> pages) {
    Talker first = people.get(0);
    while (turns(first) < TURNS) {
      Talker person = people.get(random.nextInt(people.size()));
      if (person.isEnded()) {
        say(person, "Go on.");
      } else if (random.nextInt(60) == 0) {
        pages.get(random.nextInt(pages.size())).reload();
      } else {
        act(person);
      }
    }
    first.tell("stop_conversation", Map.of());
    for (Talker person : people) {
      Eventually.await(person::isEnded);
    }
  }

  private static long turns(Talker person) {
    return person.messages().stream().filter(line -> !line.contains("#")).count();
  }

  private void act(Talker person) {
    String agent = List.of("Cat", "Dan", "Eve").get(random.nextInt(3));
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> say(person, "So?");
      case 3 -> say(person, "@" + agent + ", and you?");
      case 4 -> ofOne(person, "withdraw_message");
      case 5 -> ofOne(person, "edit_message");
      case 6 -> person.tell("mute_agent", Map.of("agent_name", agent));
      case 7 -> person.tell("unmute_agent", Map.of("agent_name", agent));
      case 8 -> person.tell("stop_speaker", Map.of());
      default -> person.cut();
    }
  }

  private void say(Talker person, String text) {
    int number = ++said;
    if (person
        .tell("send_message", Map.of("content", text + " #" + number + "#"))
        .equals("accepted")) {
      accepted.put(number, person.name);
    }
  }

  /** Changes or takes back one of the messages that wait, if it still waits. */
  private void ofOne(Talker person, String command) {
    Map<String, String> waiting = person.waiting();
    if (waiting.isEmpty()) {
      return;
    }
    List<String> ids = List.copyOf(waiting.keySet());
    String id = ids.get(random.nextInt(ids.size()));
    String text = waiting.get(id);
    if (command.equals("edit_message")) {
      person.tell(command, Map.of("queue_id", id, "content", "Rather: " + text));
    } else if (person.tell(command, Map.of("queue_id", id)).equals("accepted")) {
      accepted.remove(Integer.parseInt(text.substring(text.indexOf('#') + 1, text.length() - 1)));
    }
  }

  private List<String> sameForAll(List<Talker> people) {
    List<String> messages = people.get(0).messages();
    for (Talker person : people) {
      assertThat(person.messages()).as("what %s sees", person.name).isEqualTo(messages);
    }
    List<Integer> delivered = new ArrayList<>();
    for (String message : messages) {
      Matcher mark = MARK.matcher(message);
      if (mark.matches()) {
        int number = Integer.parseInt(mark.group(2));
        delivered.add(number);
        assertThat(mark.group(1)).as(message).isEqualTo(accepted.get(number));
      }
    }
    assertThat(delivered).doesNotHaveDuplicates();
    assertThat(delivered).containsExactlyInAnyOrderElementsOf(accepted.keySet());
    return messages;
  }

  private static void assertShown(List<String> messages, Page page) {
    page.waitForCondition(() -> page.locator("#conversation-state[data-state=ended]").count() == 1);
    List<String> said =
        messages.stream().skip(1).map(line -> line.replaceFirst("^\\w+: ", "")).toList();
    // The page may show the end some frames before the last words.
    try {
      page.waitForCondition(() -> shown(page).equals(said));
    } catch (TimeoutError e) {
      assertThat(shown(page)).isEqualTo(said);
    }
  }

  /** A turn that was stopped before its first word is shown, and is no message. */
  private static List<String> shown(Page page) {
    return page.locator("#transcript .message .message-text").allTextContents().stream()
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
