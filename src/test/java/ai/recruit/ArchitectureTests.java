package ai.recruit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

/** The rules of the house that a compiler cannot check, each with its reason. */
class ArchitectureTests {

    private static final DescribedPredicate<JavaClass> IN_REACTOR = JavaClass.Predicates.assignableTo(Publisher.class);

    private static DescribedPredicate<JavaCall<?>> reactorCall(DescribedPredicate<HasName> method) {
        return target(owner(IN_REACTOR)).and(target(method)).forSubtype();
    }

    @AnalyzeClasses(packages = "ai.recruit", importOptions = ImportOption.DoNotIncludeTests.class)
    static class MainCodeTests {

        @ArchTest
        static final ArchRule NOTHING_WAITS = noClasses()
                .should()
                .callMethodWhere(reactorCall(
                        nameMatching("block|blockFirst|blockLast|blockOptional|toIterable|toStream" + "|toFuture")))
                .because("a thread that waits is a thread that serves nobody; return the Mono or Flux instead");

        @ArchTest
        static final ArchRule NO_ERROR_IS_SKIPPED = noClasses()
                .should()
                .callMethodWhere(reactorCall(name("onErrorContinue")))
                .because("it changes what operators above it mean; recover inside flatMap or concatMap instead");

        @ArchTest
        static final ArchRule NO_SUBSCRIPTION_IS_DROPPED = noClasses()
                .should()
                .callMethodWhere(reactorCall(name("subscribe"))
                        .and(DescribedPredicate.describe(
                                "without a consumer of errors",
                                call -> call.getTarget().getRawParameterTypes().isEmpty())))
                .because("an error of a bare subscription is lost; compose, or give it to a SupervisedLoop");

        @ArchTest
        static final ArchRule KAFKA_STAYS_BEHIND_ONE_CLASS = noClasses()
                .that()
                .doNotHaveFullyQualifiedName("ai.recruit.events.KafkaQueues")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("ai.recruit.standalone..")))
                .and(DescribedPredicate.describe(
                        "not nested in it", type -> !type.getName().startsWith("ai.recruit.events.KafkaQueues$")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor.kafka..", "org.apache.kafka..")
                .because("reactor-kafka is no longer developed; what knows it must be replaceable");

        @ArchTest
        static final ArchRule PARSING_IS_PURE = noClasses()
                .that()
                .resideInAPackage("ai.recruit.parsing..")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..", "java.net.http..")
                .because("the engine takes bytes and gives a document, wherever it runs; Modulith's annotation aside")
                .allowEmptyShould(true);

        @ArchTest
        static final ArchRule DOCUMENTS_ARE_READ_BY_PARSING_ALONE = noClasses()
                .that()
                .resideOutsideOfPackage("ai.recruit.parsing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pdfbox..", "org.apache.poi..", "org.jsoup..")
                .because("limits against hostile documents stand in one place");

        @ArchTest
        static final ArchRule CONTROLLERS_ARE_NOBODYS_API = classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .or()
                .areAnnotatedWith(Controller.class)
                .should()
                .bePackagePrivate()
                .because("features talk through their public interface, not through each other's HTTP surface");

        @ArchTest
        static final ArchRule CONTROLLERS_RETURN_PUBLISHERS = methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(RestController.class)
                .and()
                .areMetaAnnotatedWith(org.springframework.web.bind.annotation.RequestMapping.class)
                .should()
                .haveRawReturnType(JavaClass.Predicates.assignableTo(Publisher.class))
                .because("whatever does I/O is a Mono or a Flux; authorisation runs before it is subscribed to")
                .allowEmptyShould(true);
    }

    @AnalyzeClasses(packages = "ai.recruit", importOptions = ImportOption.OnlyIncludeTests.class)
    static class TestCodeTests {

        @ArchTest
        static final ArchRule NO_TEST_SLEEPS = noClasses()
                .that()
                .doNotHaveSimpleName("BlockHoundTests")
                .should()
                .callMethodWhere(target(owner(JavaClass.Predicates.equivalentTo(Thread.class)))
                        .and(target(name("sleep")))
                        .forSubtype())
                .because("a sleep is too short on a slow machine and too long on a fast one; wait for the condition");

        @ArchTest
        static final ArchRule NO_TEST_IS_SWITCHED_OFF =
                noClasses().should().beAnnotatedWith(Disabled.class).because("a test that does not run is not a test");

        @ArchTest
        static final ArchRule TESTS_ARE_FOUND = classes()
                .that()
                .containAnyMethodsThat(
                        DescribedPredicate.describe("are tests", method -> method.isAnnotatedWith(Test.class)))
                .should()
                .haveSimpleNameEndingWith("Tests")
                .because("the build runs *Tests and nothing else");
    }
}
