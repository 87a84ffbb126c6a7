package io.agentstream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The direction of dependencies that docs/architecture.md draws. */
class ArchitectureTest {

  /** The circles of files that are allowed, and why they are. */
  private static final Map<Set<String>, String> ALLOWED_CIRCLES =
      Map.of(
          Set.of("chat.Agent", "chat.Person", "chat.TeamRules"),
          "an agent may be a team, which has agents, or the seat of a person, who is made one",
          Set.of("chat.GroupChat", "chat.ConversationBuilder", "chat.Conversation"),
          "a chat begins the builder of a conversation, and a conversation knows its chat",
          Set.of("chat.ConversationScope", "chat.OverheadCalls", "chat.ModelCall"),
          "the parts of a conversation share its scope, and through it the calls for a selector",
          Set.of("chat.TeamRun", "chat.TeamStep"),
          "a step of a team runs the teams inside it",
          Set.of("hub.ConversationHub", "hub.ConversationHubBuilder"),
          "a hub begins its builder, which makes the hub",
          Set.of("upstream.EventDrivenHttpClient", "upstream.EventDrivenHttpClientBuilder"),
          "a client begins its builder, which makes the client",
          Set.of("wire.ControlFrame", "wire.Snapshot"),
          "a list of conversations has the states that snapshots have");

  /** The types whose subtypes call the method of a visitor that is for them, which names them. */
  private static final Map<String, String> VISITED =
      Map.of("event.ChatEvent", "event.StreamListener", "wire.ClientCommand", "wire.ClientCommand");

  /** Types that only our own packages need, although they were open to applications once. */
  private static final Set<String> CLOSED =
      Set.of(
          "CommandDecoder",
          "CommandEncoder",
          "DefaultExecutor",
          "EventBatch",
          "EventJson",
          "FrameEncoder",
          "HandoffTools",
          "OriginalFrames",
          "UpstreamError");

  private static final Pattern INTERNAL =
      Pattern.compile("io\\.agentstream(\\.\\w+)*\\.internal\\b");

  private static final String SETTINGS_OF_THE_SERVER =
      "the reference server reads its settings as team files are read";

  /** Files of examples that use an internal package, and why they may. */
  private static final Map<String, String> ALLOWED_EXAMPLES =
      Map.of(
          "ConfigException.java", SETTINGS_OF_THE_SERVER,
          "Section.java", SETTINGS_OF_THE_SERVER);

  /** Imported once for all tests, because that takes seconds. */
  static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.agentstream");

  @Test
  void packages_depend_in_one_direction() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("internal")
        .definedBy("io.agentstream.internal..")
        .layer("settings")
        .definedBy("io.agentstream.settings..")
        .layer("time")
        .definedBy("io.agentstream.time..")
        .layer("event")
        .definedBy("io.agentstream.event..")
        .layer("upstream")
        .definedBy("io.agentstream.upstream..")
        .layer("chat")
        .definedBy("io.agentstream.chat..")
        .layer("state")
        .definedBy("io.agentstream.state..")
        .layer("identity")
        .definedBy("io.agentstream.identity..")
        .layer("wire")
        .definedBy("io.agentstream.wire..")
        .layer("journal")
        .definedBy("io.agentstream.journal..")
        .layer("backplane")
        .definedBy("io.agentstream.backplane..")
        .layer("presence")
        .definedBy("io.agentstream.presence..")
        .layer("sharing")
        .definedBy("io.agentstream.sharing..")
        .layer("store")
        .definedBy("io.agentstream.store..")
        .layer("viewer")
        .definedBy("io.agentstream.viewer..")
        .layer("hub")
        .definedBy("io.agentstream.hub..")
        .whereLayer("event")
        .mayNotAccessAnyLayer()
        .whereLayer("identity")
        .mayNotAccessAnyLayer()
        .whereLayer("settings")
        .mayNotAccessAnyLayer()
        .whereLayer("internal")
        .mayNotAccessAnyLayer()
        .whereLayer("time")
        .mayOnlyAccessLayers("internal")
        .whereLayer("upstream")
        .mayOnlyAccessLayers("event", "internal", "time")
        .whereLayer("chat")
        .mayOnlyAccessLayers("event", "internal", "settings", "time", "upstream")
        .whereLayer("state")
        .mayOnlyAccessLayers("chat", "event", "internal")
        .whereLayer("wire")
        .mayOnlyAccessLayers("event", "internal", "settings")
        .whereLayer("journal")
        .mayOnlyAccessLayers("chat", "event", "internal", "settings", "time", "wire")
        .whereLayer("backplane")
        .mayOnlyAccessLayers("chat", "identity", "journal", "wire")
        .whereLayer("presence")
        .mayOnlyAccessLayers("event", "internal", "time", "wire")
        .whereLayer("sharing")
        .mayOnlyAccessLayers("backplane", "event", "internal", "journal", "time", "wire")
        .whereLayer("store")
        .mayOnlyAccessLayers(
            "backplane",
            "chat",
            "event",
            "identity",
            "internal",
            "journal",
            "settings",
            "state",
            "time",
            "wire")
        .whereLayer("viewer")
        .mayOnlyAccessLayers(
            "chat",
            "event",
            "identity",
            "internal",
            "journal",
            "presence",
            "settings",
            "time",
            "wire")
        .whereLayer("hub")
        .mayOnlyAccessLayers(
            "backplane",
            "chat",
            "event",
            "identity",
            "internal",
            "journal",
            "presence",
            "settings",
            "sharing",
            "store",
            "time",
            "viewer",
            "wire")
        .check(CORE);
  }

  @Test
  void packages_form_no_circle() {
    slices().matching("io.agentstream.(*)..").should().beFreeOfCycles().check(CORE);
    slices().matching("io.agentstream.(**)").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void files_of_one_package_form_no_circle_but_those_with_a_reason() {
    assertThat(FileCircles.in(CORE).stream().filter(circle -> !isVisited(circle)))
        .containsExactlyInAnyOrderElementsOf(ALLOWED_CIRCLES.keySet());
  }

  /** Returns true if the circle has a visitor and the types that it visits, and nothing else. */
  private static boolean isVisited(Set<String> circle) {
    return VISITED.entrySet().stream()
        .anyMatch(
            visited ->
                circle.contains(visited.getKey())
                    && circle.stream()
                        .filter(file -> !file.equals(visited.getValue()))
                        .allMatch(
                            file -> type(file).isAssignableTo(type(visited.getKey()).getName())));
  }

  private static JavaClass type(String file) {
    return CORE.get("io.agentstream." + file);
  }

  @Test
  void what_is_not_for_applications_is_used_by_packages_of_ours_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.agentstream.viewer..", "io.agentstream.hub..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.agentstream.viewer.internal..")
        .check(CORE);
  }

  @Test
  void closed_types_stay_in_internal_packages() {
    for (String name : CLOSED) {
      assertThat(CORE.stream().filter(type -> type.getSimpleName().equals(name)))
          .as(name)
          .isNotEmpty()
          .allMatch(ArchitectureTest::isInternal);
    }
  }

  @Test
  void examples_and_documents_use_no_internal_package_but_those_with_a_reason() throws IOException {
    Set<String> users = new TreeSet<>();
    for (String folder : List.of("../agentstream-examples/src/main", "../docs")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(ArchitectureTest::isRead).toList()) {
          if (INTERNAL.matcher(Files.readString(file)).find()) {
            users.add(file.getFileName().toString());
          }
        }
      }
    }

    assertThat(users).isEqualTo(ALLOWED_EXAMPLES.keySet());
  }

  private static boolean isRead(Path file) {
    return file.toString().endsWith(".java") || file.toString().endsWith(".md");
  }

  private static boolean isInternal(JavaClass type) {
    return INTERNAL.matcher(type.getPackageName()).find();
  }

  @Test
  void only_the_wire_the_state_and_the_upstream_know_json() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.agentstream.wire..", "io.agentstream.state..", "io.agentstream.upstream..")
        .and()
        .doNotHaveFullyQualifiedName("io.agentstream.internal.JacksonTypes")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CORE);
  }

  @Test
  void nothing_here_knows_a_container() {
    noClasses().should().dependOnClassesThat().resideInAPackage("jakarta..").check(CORE);
  }

  @Test
  void events_are_immutable() {
    classes()
        .that()
        .implement(io.agentstream.event.ChatEvent.class)
        .should()
        .haveOnlyFinalFields()
        .check(CORE);
  }
}
