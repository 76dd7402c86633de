package io.pado.platform.proxy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of {@code Forwarded} (RFC 7239) and {@code X-Forwarded-*}: lists to which each proxy adds its own part at the end. Each line is split from its
 * right, so that nothing in front, such as a quote without an end, changes how the part behind is read; and only as far as somebody asks, for
 * anybody may have sent what stands left of the proxies' parts, at any length.
 */
final class ForwardedList implements Iterator<String> {

    private static final Pattern PAIR = Pattern.compile("\\s*([!#$%&'*+.^_`|~\\w-]+)=(?:\"([^\"]*)\"|([^\\s\";,]+))\\s*");

    private final List<String> lines;
    private final char separator;
    private int line;
    private int end;
    private String next = "";

    private ForwardedList(List<String> lines, char separator) {
        this.lines = lines;
        this.separator = separator;
        this.line = lines.size();
        this.end = -1;
        advance();
    }

    /**
     * @param lines the header's lines, in their order
     * @return the elements, the last one first; no empty ones
     */
    static Iterator<String> fromTheRight(List<String> lines) {
        return new ForwardedList(lines, ',');
    }

    /** @return a parameter of an element of {@code Forwarded}; empty if it has none, or is none */
    static String parameter(String element, String name) {
        String found = "";
        Iterator<String> pairs = new ForwardedList(List.of(element), ';');
        while (pairs.hasNext()) {
            Matcher matcher = PAIR.matcher(pairs.next());
            if (!matcher.matches()) {
                return "";
            }
            if (found.isEmpty() && matcher.group(1).equalsIgnoreCase(name)) {
                found = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            }
        }
        return found;
    }

    /** @return the text without quotes around it */
    static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    @Override
    public boolean hasNext() {
        return !next.isEmpty();
    }

    @Override
    public String next() {
        if (next.isEmpty()) {
            throw new NoSuchElementException();
        }
        String element = next;
        advance();
        return element;
    }

    private void advance() {
        next = "";
        while (next.isEmpty() && (end >= 0 || line > 0)) {
            if (end < 0) {
                line--;
                end = lines.get(line).length();
            }
            int begin = begin(lines.get(line));
            next = lines.get(line).substring(begin + 1, end).strip();
            end = begin;
        }
    }

    /** @return where the separator before the element is that ends here; -1 if it is the line's first */
    private int begin(String text) {
        boolean quoted = false;
        int i = end - 1;
        while (i >= 0 && (quoted || text.charAt(i) != separator)) {
            quoted ^= text.charAt(i) == '"';
            i--;
        }
        return i;
    }
}
