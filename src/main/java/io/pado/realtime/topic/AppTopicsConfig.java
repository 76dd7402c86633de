package io.pado.realtime.topic;

import io.pado.identity.Roles;
import io.pado.realtime.policy.History;
import io.pado.realtime.policy.SlowReaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of applications' topics; their meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class AppTopicsConfig {

    private static final String PREFIX = "pado.topics.";
    private static final String ANYONE = "anyone";

    @Inject
    @ConfigProperty(name = "pado.topics")
    Optional<List<String>> names;
    @Inject
    Config config;

    /**
     * Topics whose names begin with the same word.
     *
     * @param readers    roles; empty for anybody, with a token or without
     * @param publishers roles
     */
    record Family(Set<String> readers, Set<String> publishers, SlowReaders slowReaders, History history) {
    }

    /** @throws IllegalStateException if a setting is wrong */
    Map<String, Family> families() {
        return names.orElse(List.of()).stream().map(String::strip).filter(name -> !name.isEmpty())
                .collect(Collectors.toMap(Function.identity(), this::family));
    }

    private Family family(String name) {
        try {
            Set<String> readers = list(name, "read", Roles.USER);
            Set<String> publishers = list(name, "publish", Roles.PUBLISHER);
            known(publishers);
            if (readers.remove(ANYONE)) {
                readers.clear();
            } else {
                known(readers);
            }
            publishers.add(Roles.ADMIN);
            return new Family(readers, publishers, SlowReaders.valueOf(text(name, "continuity", "replay").toUpperCase(Locale.ROOT)),
                    new History(number(name, "history", History.DEFAULT.events()),
                            Duration.ofHours(number(name, "hours", (int) History.DEFAULT.maxIdle().toHours()))));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException("The settings " + PREFIX + name + ".* are wrong: " + wrong.getMessage(), wrong);
        }
    }

    private static void known(Set<String> roles) {
        if (!Roles.ALL.containsAll(roles)) {
            throw new IllegalArgumentException("the roles are " + Roles.ALL + ", but one of " + roles + " is not");
        }
    }

    private Set<String> list(String name, String key, String otherwise) {
        return Arrays.stream(text(name, key, otherwise).split(",")).map(String::strip).collect(Collectors.toCollection(HashSet::new));
    }

    private int number(String name, String key, int otherwise) {
        int number = config.getOptionalValue(PREFIX + name + '.' + key, Integer.class).orElse(otherwise);
        if (number < 1) {
            throw new IllegalArgumentException(key + " must be 1 or more");
        }
        return number;
    }

    private String text(String name, String key, String otherwise) {
        return config.getOptionalValue(PREFIX + name + '.' + key, String.class).orElse(otherwise);
    }
}
