package dev.autopilot.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/**
 * The rules of the house that a machine can check. A service's own test is three lines:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "dev.autopilot.auth", importOptions = DoNotIncludeTests.class)
 * class ArchitectureTest {
 *   @ArchTest static final ArchTests rules = ArchTests.in(ArchitectureRules.class);
 * }
 * }</pre>
 */
public final class ArchitectureRules {
  private static final String ENTITY = "jakarta.persistence.Entity";
  private static final String REGISTERED = "io.quarkus.runtime.annotations.RegisterForReflection";

  private ArchitectureRules() {}

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("dev.autopilot.*.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule entitiesKnowNothingOfTheirTransport =
      noClasses()
          .that()
          .areAnnotatedWith(ENTITY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.ws.rs..",
              "org.apache.kafka..",
              "io.quarkus.vertx..",
              "io.quarkus.resteasy..",
              "io.vertx..",
              "org.jboss.resteasy..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule resourcesReturnNoEntities =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Path.class)
          .should(returnNoEntity())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule collaboratorsComeThroughTheConstructor =
      fields().should().notBeAnnotatedWith(Inject.class).allowEmptyShould(true);

  @ArchTest
  static final ArchRule identityIsReadInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.autopilot.kernel.identity..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.eclipse.microprofile.jwt.JsonWebToken")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl|Dto|DTO)")
          .orShould()
          .haveNameMatching(".*\\.Base[A-Z][A-Za-z]*")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule layersAreNotPackages =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..controller..", "..service..", "..dto..", "..impl..", "..util..", "..utils..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theKernelKnowsNoService =
      noClasses()
          .that()
          .resideInAPackage("dev.autopilot.kernel..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "belong to somebody else of the house",
                  (JavaClass other) ->
                      other.getPackageName().startsWith("dev.autopilot.")
                          && !other.getPackageName().startsWith("dev.autopilot.kernel")))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nullIsDeclaredEverywhere =
      classes().that().areTopLevelClasses().should(beNullMarked()).allowEmptyShould(true);

  /** A JVM finds a record's constructor by itself; a native image answers 500 instead. */
  @ArchTest
  static final ArchRule imagesKnowWhatLibrariesMake =
      codeUnits().should(registerWhatTheyHaveMade()).allowEmptyShould(true);

  private static ArchCondition<JavaCodeUnit> registerWhatTheyHaveMade() {
    return new ArchCondition<>("register for reflection the records that a library makes there") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        if (unit.getMethodCallsFromSelf().stream().noneMatch(ArchitectureRules::makesRecords)) {
          return;
        }
        unit.getReferencedClassObjects().stream()
            .map(ReferencedClassObject::getRawType)
            .filter(type -> type.isRecord() && !type.isAnnotatedWith(REGISTERED))
            .forEach(type ->
                events.add(
                    SimpleConditionEvent.violated(
                        unit, unit.getFullName() + " makes " + type.getName())));
      }
    };
  }

  /** Of a query's rows, or of JSON. */
  private static boolean makesRecords(JavaMethodCall call) {
    String name = call.getName();
    JavaClass owner = call.getTargetOwner();
    return (owner.isAssignableTo("jakarta.persistence.EntityManager") && name.endsWith("Query"))
        || (owner.isAssignableTo("com.fasterxml.jackson.databind.ObjectMapper")
            && name.endsWith("Value"));
  }

  private static ArchCondition<JavaClass> beNullMarked() {
    return new ArchCondition<>("be in a package whose package-info.java says @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
          events.add(
              SimpleConditionEvent.violated(type, type.getPackageName() + " isn't @NullMarked"));
        }
      }
    };
  }

  private static ArchCondition<JavaMethod> returnNoEntity() {
    return new ArchCondition<>("return records, not entities") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        method.getReturnType().getAllInvolvedRawTypes().stream()
            .filter(type -> type.isAnnotatedWith(ENTITY))
            .forEach(type ->
                events.add(
                    SimpleConditionEvent.violated(
                        method, method.getFullName() + " returns " + type.getName())));
      }
    };
  }
}
