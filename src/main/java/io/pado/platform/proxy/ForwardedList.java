package io.pado.platform.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of {@code Forwarded} (RFC 7239) and {@code X-Forwarded-*}: lists to which each proxy adds its own part at the end. */
final class ForwardedList {

    private static final Pattern PAIR = Pattern.compile("\\s*([!#$%&'*+.^_`|~\\w-]+)=(?:\"([^\"]*)\"|([^\\s\";,]+))\\s*");

    private ForwardedList() {
    }

    /**
     * Splits from the right, so that nothing in front, such as a quote without an end, changes how the part behind is read.
     *
     * @param lines the header's lines, in their order
     * @return the elements, the last one first; no empty ones
     */
    static List<String> fromTheRight(List<String> lines) {
        String text = String.join(",", lines);
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int end = text.length();
        for (int i = text.length() - 1; i >= -1; i--) {
            char c = i < 0 ? ',' : text.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && (!quoted || i < 0)) {
                elements.add(text.substring(i + 1, end).strip());
                end = i;
            }
        }
        elements.removeIf(String::isEmpty);
        return elements;
    }

    /** @return a parameter of an element of {@code Forwarded}; empty if it has none, or is none */
    static String parameter(String element, String name) {
        String found = "";
        for (String pair : element.split(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            Matcher matcher = PAIR.matcher(pair);
            if (!pair.isBlank() && !matcher.matches()) {
                return "";
            }
            if (!pair.isBlank() && matcher.group(1).equalsIgnoreCase(name)) {
                found = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            }
        }
        return found;
    }

    /** @return the text without quotes around it */
    static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
