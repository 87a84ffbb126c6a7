package io.agentstream.teams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages of this module depend on each other in one direction. */
class TeamsArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.agentstream");

  @Test
  void the_reader_of_records_knows_no_team() {
    noClasses()
        .that()
        .resideInAPackage("io.agentstream.teams.internal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.agentstream.teams")
        .check(CLASSES);
  }

  @Test
  void yaml_is_known_to_the_reader_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.agentstream.teams.internal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(CLASSES);
  }
}
