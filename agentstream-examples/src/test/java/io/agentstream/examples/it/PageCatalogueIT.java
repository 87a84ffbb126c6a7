package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.teams.TeamFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People make agents and teams on the page. The demo model speaks, and the browser keeps them. */
@Timeout(300)
class PageCatalogueIT {

  private static final String TEAMS =
      """
      version: 1
      models: {fast: {description: Answers at once}, deep: {}}
      agents: [{name: Ann, description: Sees the good}, {name: Ben, description: Doubts}]
      teams:
        - {name: Pair, participants: [Ann, Ben], max_rounds: 1, end_when: {any: [{text: Done, from: Ben}, {tokens: 50000}]}}
      """;

  @TempDir private static Path folder;

  private static CompletionServer model;
  private static EmbeddedServer server;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() throws IOException {
    Path teams = Files.writeString(folder.resolve("teams.yaml"), TEAMS);
    model = CompletionServer.start(new HurriedDemo());
    server =
        EmbeddedServer.start(
            Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", teams.toString());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      model.close();
    }
  }

  private void open(Browser.NewContextOptions options) {
    // Colours that are on their way would be judged on their way.
    options.setReducedMotion(ReducedMotion.REDUCE);
    context = Chromium.shared().newContext(options);
    page = context.newPage();
    page.navigate(server.http("/").toString());
    assertThat(page.locator("#new-agent")).isVisible();
  }

  private void open() {
    open(new Browser.NewContextOptions().setLocale("en-US"));
  }

  @AfterEach
  void close() {
    context.close();
  }

  private Locator dialog() {
    return page.locator("dialog.editor");
  }

  private Locator field(String label) {
    return dialog().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
  }

  private Locator button(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private void save() {
    button("Save").click();
    assertThat(dialog()).hasCount(0);
  }

  private void makeAgent(String name) {
    page.click("#new-agent");
    field("Name").fill(name);
    field("Instructions").fill("You write verse.");
    dialog().locator(".swatch[data-voice='3']").click();
    save();
  }

  private void add(String participant) {
    dialog()
        .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Add"))
        .selectOption(participant);
    button("Add").click();
  }

  private void assertAccessible() throws IOException {
    page.evaluate(AccessibilityIT.axe());
    assertThat((List<?>) page.evaluate(AccessibilityIT.RUN)).isEmpty();
  }

  private void chooseAgentsOneByOne() {
    page.locator(".team-card[data-team='']").click();
  }

  private Locator agent(String name) {
    return page.locator(".agent-card[data-agent='" + name + "']");
  }

  @Test
  void an_agent_is_made_speaks_in_its_colour_and_is_still_there_after_a_reload() {
    open();
    makeAgent("Poet");
    chooseAgentsOneByOne();
    assertThat(agent("Poet").locator("input")).isChecked();
    page.locator(".agent-check[value=Ann]").setChecked(false);
    page.locator(".agent-check[value=Ben]").setChecked(false);
    page.fill("#rounds", "1");
    page.fill("#topic", "Rain?");
    page.click("#start");
    assertThat(page.locator("#conversation-state")).hasAttribute("data-state", "ended");
    assertThat(page.locator(".message[data-agent=Poet]")).hasCount(1);
    assertThat(page.locator("#participants [data-voice='3']").first()).isVisible();
    page.navigate(server.http("/").toString());
    chooseAgentsOneByOne();
    assertThat(agent("Poet")).isVisible();
  }

  @Test
  void an_agent_is_changed_renamed_duplicated_and_deleted() {
    open();
    makeAgent("Poet");
    chooseAgentsOneByOne();
    page.getByLabel("Edit Poet").click();
    assertThat(field("Instructions")).hasValue("You write verse.");
    field("Name").fill("<b>Bard</b>");
    field("Description").fill("Sings");
    save();
    assertThat(agent("Poet")).hasCount(0);
    assertThat(agent("<b>Bard</b>")).containsText("Sings");
    page.getByLabel("Edit <b>Bard</b>").click();
    button("Duplicate").click();
    assertThat(field("Name")).hasValue("<b>Bard</b> 2");
    save();
    assertThat(agent("<b>Bard</b> 2")).isVisible();
    page.getByLabel("Edit <b>Bard</b> 2").click();
    button("Delete").click();
    assertThat(agent("<b>Bard</b> 2")).hasCount(0);
    assertThat(agent("<b>Bard</b>")).isVisible();
  }

  @Test
  void an_agent_is_tried_with_one_question_and_leaves_no_conversation() {
    open();
    page.click("#new-agent");
    field("Instructions").fill("You write verse.");
    field("Try it with one question").fill("Snowdrops?");
    field("Try it with one question").press("Enter");
    assertThat(page.locator(".trial-answer")).containsText("Snowdrops?");
    page.keyboard().press("Escape");
    assertThat(dialog()).hasCount(0);
    page.reload();
    page.fill("#search", "Snowdrops");
    assertThat(page.locator("#no-conversations")).containsText("Snowdrops");
  }

  @Test
  void a_team_is_made_from_agents_with_its_order_selection_and_end() {
    open();
    makeAgent("Poet");
    page.click("#new-team");
    field("Name").fill("Duet");
    add("Ann");
    add("Poet");
    button("Move Poet up").click();
    field("Who speaks when").selectOption("handoff");
    field("Agents may hand over to you").check();
    field("Rounds at most").fill("1");
    button("Add an end").click();
    field("Kind of end").selectOption("said_by");
    field("Value").selectOption("Poet");
    save();
    Locator card = page.locator(".team-card[data-team=Duet]");
    assertThat(card).containsText("Handing over · one round");
    assertThat(card).containsText("Ends when Poet has spoken");
    assertThat(card.locator(".team-agents")).hasAttribute("title", "Poet, Ann");
    card.click();
    page.fill("#topic", "Rain?");
    page.click("#start");
    assertThat(page.locator("#conversation-state")).hasAttribute("data-state", "ended");
    assertThat(page.locator(".message").first()).hasAttribute("data-agent", "Poet");
    assertThat(page.locator(".message")).hasCount(1);
  }

  @Test
  void a_person_gets_a_seat_in_a_team_and_is_asked_what_the_reader_wrote() throws IOException {
    open();
    page.click("#new-team");
    field("Name").fill("Talk");
    add("Ann");
    field("Name of a person").fill("Ann");
    field("Name of a person").press("Enter");
    assertThat(dialog().getByText("“Ann” is taken. Choose another name.")).isVisible();
    field("Name of a person").fill("<i>Kim</i>");
    button("Add a person").click();
    assertThat(field("Question")).isFocused();
    field("Question").fill("Tea, <i>Kim</i>?");
    button("Move <i>Kim</i> up").click();
    assertThat(dialog().locator(".seat-name")).hasText(new String[] {"<i>Kim</i>", "Ann"});
    assertThat(field("Question")).hasValue("Tea, <i>Kim</i>?");
    field("Rounds at most").fill("1");
    assertAccessible();
    PageScene.screenshot(page, "team-person");
    save();
    page.reload();
    assertThat(page.locator(".team-card[data-team=Talk] .avatar[data-person]")).hasCount(1);
    page.getByLabel("Edit Talk").click();
    assertThat(dialog().locator(".seat-list .avatar[data-person]")).hasCount(1);
    field("Description").first().fill("A talk");
    save();
    page.locator(".team-card[data-team=Talk]").click();
    page.fill("#topic", "Rain?");
    page.click("#start");
    assertThat(page.locator("#question-title")).hasText("<i>Kim</i>, it is your turn");
    assertThat(page.locator("#question-prompt")).hasText("Tea, <i>Kim</i>?");
    page.click("#skip-person");
    assertThat(page.locator("#conversation-state")).hasAttribute("data-state", "ended");
    assertThat(page.locator(".message")).hasCount(1);
  }

  @Test
  void the_card_of_a_team_of_the_server_says_when_it_ends() {
    open();
    assertThat(page.locator(".team-card[data-team=Pair]"))
        .containsText("Ends when Ben says “Done”, or after 50,000 tokens");
    assertThat(page.getByLabel("Edit Pair")).hasCount(0);
  }

  @Test
  void a_mistake_is_said_when_it_starts_and_models_are_those_that_the_server_names() {
    open();
    page.click("#new-agent");
    assertThat(field("Model").locator("option"))
        .hasText(new String[] {"The server’s default", "fast – Answers at once", "deep"});
    field("Name").fill("Ann");
    field("Temperature").fill("1.5");
    save();
    page.click("#new-team");
    field("Name").fill("Alone");
    button("Save").click();
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("Add somebody to the team.");
  }

  @Test
  void what_was_made_is_exported_as_a_team_file_and_imported_again() throws Exception {
    open();
    makeAgent("Poet");
    Download download = page.waitForDownload(() -> page.click("#export-own"));
    Path file = folder.resolve("own.json");
    download.saveAs(file);
    assertThat(TeamFile.read(file).agents().get(0).systemPrompt()).isEqualTo("You write verse.");
    context.close();
    open();
    chooseAgentsOneByOne();
    assertThat(agent("Poet")).hasCount(0);
    page.locator("#import-file").setInputFiles(file);
    assertThat(page.locator("#own-said")).hasText("Imported: agents 1, teams 0.");
    assertThat(agent("Poet")).isVisible();
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"agents\":[7]}");
    page.locator("#import-file").setInputFiles(broken);
    assertThat(page.locator("#own-said")).containsText("cannot be read");
    page.locator("#import-file").setInputFiles(folder.resolve("teams.yaml"));
    assertThat(page.locator("#own-said")).containsText("as JSON, not as YAML");
  }

  @Test
  void a_team_file_brings_the_people_who_take_part_in_its_teams() throws IOException {
    open();
    Path file =
        Files.writeString(
            folder.resolve("talk.json"),
            """
            {"version": 1, "people": [{"name": "Kim", "prompt": "Well, Kim?"}, {"name": "Lee"}],
             "teams": [{"name": "Talk", "participants": ["Kim", "Ann"], "max_rounds": 1}]}
            """);
    page.locator("#import-file").setInputFiles(file);
    assertThat(page.locator("#own-said")).hasText("Imported: agents 0, teams 1.");
    page.locator(".team-card[data-team=Talk]").click();
    page.fill("#topic", "Rain?");
    page.click("#start");
    assertThat(page.locator("#question-prompt")).hasText("Well, Kim?");
  }

  @Test
  void it_works_by_keyboard_in_chinese_on_a_phone() throws IOException {
    open(new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(360, 720));
    page.locator("#new-agent").focus();
    page.keyboard().press("Enter");
    assertThat(dialog().getByText("提示词")).isVisible();
    field("名称").focus();
    page.keyboard().type("诗人");
    page.keyboard().press("Enter");
    assertThat(dialog()).hasCount(0);
    page.click("#new-team");
    button("添加结束条件").click();
    button("添加").click();
    field("真人的名字").fill("小明");
    field("真人的名字").press("Enter");
    assertThat(field("问题")).isFocused();
    assertAccessible();
    PageScene.screenshot(page, "team-person-phone");
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    assertThat(
            (boolean)
                page.evaluate(
                    "[...document.querySelectorAll('dialog *')].every((e) => e.getBoundingClientRect().right <= 360)"))
        .isTrue();
    page.keyboard().press("Escape");
    assertThat(page.locator("#new-team")).isFocused();
  }
}
