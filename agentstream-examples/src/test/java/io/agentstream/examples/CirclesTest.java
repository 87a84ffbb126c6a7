package io.agentstream.examples;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.agentstream.FileCircles;
import org.junit.jupiter.api.Test;

/** The reference server and the small examples have no circles. */
class CirclesTest {

  private static final JavaClasses EXAMPLES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.agentstream.examples");

  @Test
  void packages_form_no_circle() {
    slices().matching("io.agentstream.(**)").should().beFreeOfCycles().check(EXAMPLES);
  }

  @Test
  void files_of_one_package_form_no_circle() {
    assertThat(FileCircles.in(EXAMPLES)).isEmpty();
  }
}
