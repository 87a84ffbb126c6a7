package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.agentstream.test.StubAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The React hook in React 19 and a real browser, bundled as its users do. */
class ReactIT extends PageScene {

  private static final String NPM = System.getProperty("agentstream.npm", "auto");
  private static final Path CLIENT =
      Path.of("../agentstream-jakarta/src/main/resources/META-INF/resources/agentstream");
  private static final Path EXAMPLE = Path.of("web/Debate.tsx");
  private static final Path SCENES = Path.of("src/test/resources/io/agentstream/examples/it");
  private static final int TOKENS = 400;

  @TempDir private Path folder;

  @BeforeAll
  static void needsReact() {
    assumeTrue(!NPM.equals("auto"), "-Dagentstream.npm names the folder with React and esbuild");
  }

  @Test
  void it_renders_once_a_frame_and_nothing_that_rests() throws Exception {
    model.otherwise(StubAnswer.stream().tokens(TOKENS).finish("stop").done());
    Page page = show(Files.readString(SCENES.resolve("react-probe.jsx")));

    JsonNode probe =
        json((String) page.evaluate("async () => JSON.stringify(await run('Tea or coffee?', 2))"));

    Counts counts = Counts.of(probe.get("renders"));
    List<Integer> commits = new ArrayList<>();
    probe.get("commits").forEach(frame -> commits.add(frame.asInt()));
    assertThat(commits).as("the frames of the commits").doesNotHaveDuplicates();
    assertThat(probe.get("changes").asInt()).isGreaterThanOrEqualTo(commits.size());
    assertThat(counts.byMessage()).hasSizeGreaterThan(4);
    assertThat(counts.byMessage().get("m1")).as("renders of the topic, which rests").isEqualTo(1);
    // Messages follow each other, so two that are neighbours share one frame at the most, however
    // many end in it.
    assertThat(counts.byFrame().values().stream().mapToInt(Integer::intValue).sum())
        .as("renders, in %s frames of %s", counts.byFrame(), counts.byMessage())
        .isLessThan(counts.byFrame().size() + counts.byMessage().size());
    PlaywrightAssertions.assertThat(page.locator("p").last())
        .hasText(Pattern.compile("\\b" + (TOKENS - 1) + "\\s*$"));
    assertQuiet();
  }

  @Test
  void the_example_shows_a_debate() throws Exception {
    model.otherwise(says("Tea, ", "always."));
    Page page =
        show(
            """
            import { createRoot } from "react-dom/client";
            import { Debate } from "%s";
            createRoot(document.querySelector("main")).render(<Debate />);
            """
                .formatted(EXAMPLE.toAbsolutePath().normalize()));

    page.getByText("Start").click();

    PlaywrightAssertions.assertThat(page.getByText("Tea, always.").first()).isVisible();
    assertQuiet();
  }

  /**
   * How often messages were rendered.
   *
   * @param byFrame in each frame
   * @param byMessage each of them
   */
  private record Counts(Map<Integer, Integer> byFrame, Map<String, Integer> byMessage) {
    static Counts of(JsonNode renders) {
      Counts counts = new Counts(new HashMap<>(), new HashMap<>());
      for (JsonNode render : renders) {
        counts.byFrame.merge(render.get("frame").asInt(), 1, Integer::sum);
        counts.byMessage.merge(render.get("message").asText(), 1, Integer::sum);
      }
      return counts;
    }
  }

  /** Opens a page of the server's origin that runs this program. */
  private Page show(String program) throws Exception {
    byte[] script = Files.readAllBytes(bundle(program));
    use(new Browser.NewContextOptions().setBypassCSP(true));
    Page page = context.newPage();
    watch(page);
    page.route(
        "**/page.js",
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBodyBytes(script)));
    // A document of the server: one that a route makes has no address, and may not open a
    // WebSocket.
    page.navigate(server.http("/agentstream/index.js").toString());
    page.setContent("<main></main><script type=module src=page.js></script>");
    return page;
  }

  private Path bundle(String program) throws Exception {
    Path source = Files.writeString(folder.resolve("page.jsx"), program);
    Path bundle = folder.resolve("page.js");
    Path modules = Path.of(NPM, "node_modules");
    Path said = folder.resolve("esbuild.txt");
    ProcessBuilder esbuild =
        new ProcessBuilder(
                modules.resolve("esbuild/bin/esbuild").toString(),
                source.toString(),
                "--bundle",
                "--format=esm",
                "--jsx=automatic",
                "--define:process.env.NODE_ENV=\"production\"",
                "--alias:agentstream-client=" + CLIENT.toAbsolutePath().normalize(),
                "--outfile=" + bundle)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    esbuild.environment().put("NODE_PATH", modules.toString());
    assertThat(esbuild.start().waitFor()).as(Files.readString(said)).isZero();
    return bundle;
  }
}
