package io.pado.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values as they should be, and as they should not, by chance; the same seed gives the same ones. */
final class Chance {

    private static final List<String> TEXTS = List.of("", " ", "a", "x@x.org", "user1@demo.pado", "pado-demo", "public:fuzz", "app:fuzz", "user:1", "poll:1", "a:b:c:#", "**",
            "커피 ☕", "\\u0000", "\\ud83d", "\\ude00\\ud83d", "\\u0085\\u2028\\ufeff", "a\\r\\nb: c", "../../etc", "<script>", "' OR 1=1 --", "${x}", "{{x}}", "%00", "null",
            "CARD", "CELL", "one_on_one", "PREPARING", "2026-02-30", "2026-13-45T99:99:99Z", "2026-11-30T10:00:00Z", "-", "0-0", "abc-1", "k3x9-9223372036854775808",
            "00000000-0000-0000-0000-000000000000", "507f1f77bcf86cd799439011", "true", "1", "-1", "1e9");
    private static final List<String> NUMBERS = List.of("0", "1", "2", "3", "7", "-1", "-0", "0.5", "1e3", "1e-400", "1e400", "2147483648", "-2147483649", "9223372036854775807",
            "9223372036854775808", "123456789012345678901234567890", "0.1e1", "1E+2");
    private static final List<String> NAMES = List.of("id", "type", "data", "topic", "topics", "event", "key", "__proto__", "", "\\u0000", "a".repeat(300));
    private static final List<String> IN_QUERIES = List.of("%", "%zz", "%4", "%00", "%ff", "%c3%28", "%ed%a0%80", "%2e%2e%2f", "+", "%2B", "%0d%0a", "%E2%98%95", "a%26b", ";", "#", "[]", "\\", "|",
            "%25", "&&", "==", "?");
    private static final int DEEPEST = 3;
    private static final int LONG = 20_000;

    private final Random random;

    Chance(long seed, int number) {
        // Seeds that follow each other give similar beginnings.
        random = new Random((seed * 1_000_003 + number) * 0x9E3779B97F4A7C15L);
        random.nextInt();
    }

    boolean in(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** JSON, of the kind that is named or another one. */
    String json(String kind) {
        if (in(30)) {
            return anyJson(0);
        }
        return switch (kind) {
            case "integer", "number" -> in(70) ? Integer.toString(1 + below(4)) : of(NUMBERS);
            case "boolean" -> Boolean.toString(in(50));
            case "string" -> quoted(text());
            case "array" -> '[' + several(() -> anyJson(1)) + ']';
            default -> anyJson(0);
        };
    }

    private String anyJson(int depth) {
        return switch (below(depth < DEEPEST ? 8 : 6)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(in(50));
            case 2, 3 -> of(NUMBERS);
            case 4, 5 -> quoted(text());
            case 6 -> '[' + several(() -> anyJson(depth + 1)) + ']';
            default -> '{' + several(() -> quoted(of(NAMES)) + ':' + anyJson(depth + 1)) + '}';
        };
    }

    /** Some of those that something gives, with commas between them. */
    private String several(Supplier<String> one) {
        return IntStream.range(0, below(4)).mapToObj(i -> one.get()).collect(Collectors.joining(","));
    }

    static String quoted(String escaped) {
        return '"' + escaped + '"';
    }

    /** Of JSON, with its escapes. */
    String text() {
        return in(3) ? of(List.of("x", "é", "\\u00e9", "☕")).repeat(below(LONG)) : of(TEXTS);
    }

    /** For a path or a query: mostly with its escapes as they should be. */
    String inAddress() {
        return switch (below(10)) {
            case 0, 1, 2, 3 -> Integer.toString(1 + below(4));
            case 4 -> of(NUMBERS).replace("+", "%2B");
            case 5 -> of(IN_QUERIES) + of(IN_QUERIES);
            case 6 -> "a" + of(IN_QUERIES);
            default -> URLEncoder.encode(of(TEXTS), StandardCharsets.UTF_8);
        };
    }

    /** For the value of a header: no line ends, but anything else. */
    String inHeader() {
        return switch (below(8)) {
            case 0 -> "";
            case 1 -> "x".repeat(below(6_000));
            case 2 -> "\u0001\u007f\t";
            case 3 -> "커피";
            case 4 -> ",,;;=\"";
            case 5 -> of(NUMBERS);
            case 6 -> "bytes=0-, 5-1,-9999999999";
            default -> of(TEXTS);
        };
    }

    /** The same with some bytes that are others, gone, or twice there. */
    byte[] spoilt(byte[] bytes) {
        List<Byte> all = new ArrayList<>();
        for (byte each : bytes) {
            if (!in(2)) {
                all.add(in(2) ? (byte) below(256) : each);
            }
            if (in(1)) {
                all.add(each);
            }
        }
        byte[] spoilt = new byte[all.size()];
        for (int i = 0; i < spoilt.length; i++) {
            spoilt[i] = all.get(i);
        }
        return spoilt;
    }

    byte[] bytes(int most) {
        byte[] bytes = new byte[below(most)];
        random.nextBytes(bytes);
        return bytes;
    }
}
