package io.pado;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Entity;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The rules of {@code docs/architecture.md}. */
@AnalyzeClasses(packages = "io.pado", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {"io.pado.poll..", "io.pado.lounge..", "io.pado.ai..", "io.pado.cafe..", "io.pado.channel..",
        "io.pado.feed..", "io.pado.booking..", "io.pado.chat..", "io.pado.notification..", "io.pado.run..", "io.pado.presence.."};

    private static final String[] CORE = {"io.pado.realtime", "io.pado.realtime.policy", "io.pado.realtime.hub..",
        "io.pado.realtime.log", "io.pado.realtime.audience"};

    @ArchTest
    static final ArchRule imports_point_only_down = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("entry").definedBy("io.pado")
            .layer("admin").definedBy("io.pado.admin..")
            .layer("features").definedBy(FEATURES)
            .layer("realtime").definedBy("io.pado.realtime..")
            .layer("identity").definedBy("io.pado.identity..")
            .layer("platform").definedBy("io.pado.platform..")
            .whereLayer("entry").mayNotBeAccessedByAnyLayer()
            .whereLayer("admin").mayOnlyBeAccessedByLayers("entry")
            .whereLayer("features").mayOnlyBeAccessedByLayers("entry", "admin")
            .whereLayer("realtime").mayOnlyBeAccessedByLayers("entry", "admin", "features")
            .whereLayer("identity").mayOnlyBeAccessedByLayers("entry", "admin", "features", "realtime");

    @ArchTest
    static final ArchRule components_have_no_cycles = slices().matching("io.pado.(*)..").should().beFreeOfCycles();

    /** The roots of platform and identity still gather what their parts offer: these dependencies, and no others, make circles. */
    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("io.pado.(**)").should().beFreeOfCycles()
            .ignoreDependency(named("io.pado.platform.Readiness", "io.pado.platform.problem.ProblemMapper"), resideInAnyPackage("io.pado.platform.."))
            .ignoreDependency(resideInAnyPackage("io.pado.identity"), resideInAnyPackage("io.pado.identity.account", "io.pado.identity.token",
                    "io.pado.identity.user", "io.pado.identity.outside"));

    @ArchTest
    static final ArchRule features_reach_siblings_only_through_event_records = slices()
            .matching("io.pado.(poll|lounge|ai|cafe|channel|booking|chat|notification|presence)..").should().notDependOnEachOther()
            .ignoreDependency(DescribedPredicate.alwaysTrue(), are(DescribedPredicate.describe("records", JavaClass::isRecord)));

    @ArchTest
    static final ArchRule parts_of_the_cafe_have_no_cycles = slices().matching("io.pado.cafe.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_the_cafe_shares_knows_none_of_its_parts = noClasses().that().resideInAPackage("io.pado.cafe")
            .should().dependOnClassesThat().resideInAPackage("io.pado.cafe.(*)..");

    @ArchTest
    static final ArchRule menus_cells_and_settings_know_no_other_part_of_the_cafe = slices()
            .matching("io.pado.cafe.(menu|cell|setting)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule no_other_part_of_the_cafe_knows_orders = noClasses()
            .that().resideInAPackage("io.pado.cafe..").and().resideOutsideOfPackage("io.pado.cafe.order")
            .should().dependOnClassesThat().resideInAPackage("io.pado.cafe.order");

    @ArchTest
    static final ArchRule the_core_knows_only_java_cdi_and_the_caller = classes()
            .that().resideInAnyPackage(CORE)
            .should().onlyDependOnClassesThat(resideInAnyPackage(CORE)
                    .or(resideInAnyPackage("java..", "jakarta.enterprise..", "jakarta.inject..", "io.pado.identity")));

    @ArchTest
    static final ArchRule sse_api_is_used_only_in_realtime_sse_and_by_the_dashboard_that_shows_it = noClasses()
            .that().resideOutsideOfPackages("io.pado.realtime.sse..", "io.pado.admin")
            .should().dependOnClassesThat().resideInAPackage("jakarta.ws.rs.sse..");

    @ArchTest
    static final ArchRule websocket_api_is_used_only_in_realtime_websocket = noClasses()
            .that().resideOutsideOfPackage("io.pado.realtime.websocket")
            .should().dependOnClassesThat().resideInAPackage("jakarta.websocket..");

    @ArchTest
    static final ArchRule mongo_driver_is_used_only_in_collections_and_watchers = noClasses()
            .that().resideOutsideOfPackage("io.pado.platform.mongo..")
            .and().haveSimpleNameNotEndingWith("Collection").and().haveSimpleNameNotEndingWith("Watcher")
            .should().dependOnClassesThat().resideInAPackage("com.mongodb..");

    @ArchTest
    static final ArchRule jedis_is_used_only_below_redis_in_the_queue_and_in_stores = noClasses()
            .that().resideOutsideOfPackages("io.pado.platform.redis", "io.pado.platform.queue..", "io.pado.realtime.redis")
            .and().haveSimpleNameNotEndingWith("Store")
            .should().dependOnClassesThat().resideInAPackage("redis.clients..");

    @ArchTest
    static final ArchRule langchain4j_and_jackson_are_used_only_in_platform_model_openai = noClasses()
            .that().resideOutsideOfPackage("io.pado.platform.model.openai")
            .should().dependOnClassesThat().resideInAnyPackage("dev.langchain4j..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule messages_and_kafka_are_used_only_in_the_queue = noClasses().that().resideOutsideOfPackage("io.pado.platform.queue..")
            .should().dependOnClassesThat().resideInAnyPackage("org.eclipse.microprofile.reactive..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule transactions_belong_to_use_cases = methods().that().areAnnotatedWith(Transactional.class)
            .should().beDeclaredInClassesThat(DescribedPredicate.describe("are use-case beans (plural nouns) or the outbox's own",
                    owner -> owner.getSimpleName().endsWith("s") || owner.getPackageName().equals("io.pado.realtime.sql")));

    /** One that is shared stays with the thread until a transaction ends, and that of a loop, which has none, for as long as the node lives. */
    @ArchTest
    static final ArchRule connections_go_back_when_they_are_closed = fields().that().haveRawType(DataSource.class)
            .should().beAnnotatedWith(DescribedPredicate.describe("@Resource(shareable = false)", annotation ->
                    annotation.getRawType().isEquivalentTo(Resource.class) && annotation.get("shareable").filter(Boolean.FALSE::equals).isPresent()));

    @ArchTest
    static final ArchRule cdi_events_are_records_without_entities = fields().that().haveRawType(Event.class)
            .should(carryARecordWithoutEntities());

    @ArchTest
    static final ArchRule configuration_is_read_only_in_config_classes = fields()
            .that().areAnnotatedWith(ConfigProperty.class)
            .should().beDeclaredInClassesThat().haveSimpleNameEndingWith("Config");

    @ArchTest
    static final ArchRule nobody_prints = noClasses().should().accessField(System.class, "out")
            .orShould().accessField(System.class, "err")
            .orShould().callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule nobody_sleeps_or_makes_threads = noClasses().should().callMethod(Thread.class, "sleep", long.class)
            .orShould().callConstructor(Thread.class)
            .orShould().callConstructor(Thread.class, Runnable.class)
            .orShould().callConstructor(Thread.class, Runnable.class, String.class);

    @ArchTest
    static final ArchRule time_comes_from_the_clock = noClasses().should().callMethod(Instant.class, "now");

    private static DescribedPredicate<JavaClass> named(String... names) {
        return DescribedPredicate.describe(String.join(", ", names), type -> List.of(names).contains(type.getName()));
    }

    private static ArchCondition<JavaField> carryARecordWithoutEntities() {
        return new ArchCondition<>("carry a record without entities") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                JavaClass carried = ((JavaParameterizedType) field.getType()).getActualTypeArguments().get(0).toErasure();
                boolean clean = carried.isRecord() && carried.getFields().stream()
                        .noneMatch(part -> part.getRawType().isAnnotatedWith(Entity.class));
                events.add(new SimpleConditionEvent(field, clean, field.getFullName() + " carries " + carried.getName()));
            }
        };
    }
}
