package io.agentstream.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages that the doors may use. */
class HttpArchitectureTest {

  private final JavaClasses doors =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.agentstream.http");

  @Test
  void no_class_of_a_container_or_of_a_model_is_used() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jakarta.servlet..",
            "com.fasterxml..",
            "io.agentstream..",
            "org.slf4j..",
            "org.jspecify..")
        .check(doors);
  }

  @Test
  void formats_know_the_front_and_not_each_other() {
    slices().matching("io.agentstream.http.(*)..").should().beFreeOfCycles().check(doors);
    classes()
        .that()
        .resideInAPackage("io.agentstream.http.door..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("io.agentstream.http", "io.agentstream.http.rest..")
        .check(doors);
  }
}
