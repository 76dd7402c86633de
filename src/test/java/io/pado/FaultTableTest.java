package io.pado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of cases names tests that exist. */
class FaultTableTest {

    private static final Path TABLE = Path.of("docs/decisions/021-strange-hands.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:IT|Test))(?:\\.(\\w+))?`");
    private static final Pattern OF_THE_CLIENT = Pattern.compile("`(client/tests/[\\w.-]+)`: \"([^\"]+)\"");
    private static final int CASES = 33;

    @Test
    void everyTestThatItNamesExists() throws IOException {
        Map<String, String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.filter(file -> file.toString().matches(".*(IT|Test)\\.java"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString().replace(".java", ""), FaultTableTest::read, String::concat));
        }
        String table = Files.readString(TABLE);
        assertThat(NAMED.matcher(table).results().filter(named -> !exists(tests, named)).map(MatchResult::group)).isEmpty();
        assertThat(OF_THE_CLIENT.matcher(table).results()).isNotEmpty().allMatch(named -> read(Path.of(named.group(1))).contains("test('" + named.group(2) + '\''));
        assertThat(table.split("`client/", -1)).hasSize(1 + (int) OF_THE_CLIENT.matcher(table).results().count());
        assertThat(table.lines().filter(line -> line.matches("\\| [NXYZ]\\d\\d .*"))).hasSize(CASES).allMatch(line -> line.contains("`"));
    }

    private static boolean exists(Map<String, String> tests, MatchResult named) {
        String source = tests.getOrDefault(named.group(1), "");
        return !source.isEmpty() && (named.group(2) == null || source.contains(" " + named.group(2) + "("));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
