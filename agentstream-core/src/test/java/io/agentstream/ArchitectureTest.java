package io.agentstream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The direction of dependencies that docs/architecture.md draws. */
class ArchitectureTest {

  private final JavaClasses core =
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
        .layer("delivery")
        .definedBy("io.agentstream.delivery..")
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
        .mayOnlyAccessLayers("chat", "event")
        .whereLayer("wire")
        .mayOnlyAccessLayers("event", "settings")
        .whereLayer("delivery")
        .mayOnlyAccessLayers("chat", "event", "identity", "internal", "wire", "settings", "time")
        .check(core);
  }

  @Test
  void packages_form_no_circle() {
    slices().matching("io.agentstream.(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void only_the_wire_the_state_and_the_upstream_know_json() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.agentstream.wire..", "io.agentstream.state..", "io.agentstream.upstream..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(core);
  }

  @Test
  void nothing_here_knows_a_container() {
    noClasses().should().dependOnClassesThat().resideInAPackage("jakarta..").check(core);
  }

  @Test
  void events_are_immutable() {
    classes()
        .that()
        .implement(io.agentstream.event.ChatEvent.class)
        .should()
        .haveOnlyFinalFields()
        .check(core);
  }
}
