package io.agentstream.jakarta;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages that the adapter may use. */
class AdapterArchitectureTest {

  private final JavaClasses adapter =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.agentstream.jakarta");

  @Test
  void no_class_of_a_container_is_used() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "jakarta..", "io.agentstream..", "org.slf4j..", "org.jspecify..")
        .check(adapter);
  }

  @Test
  void json_and_models_are_the_core_s() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "dev.langchain4j..")
        .check(adapter);
  }
}
