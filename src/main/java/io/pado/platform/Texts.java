package io.pado.platform;

import java.util.StringJoiner;

/** Texts that others made, on their way into names and logs that people read. */
public final class Texts {

    private Texts() {
    }

    /** @return whether a text has neither control characters nor line separators nor halves of characters (lone surrogates) */
    public static boolean isClean(String text) {
        return text.codePoints().noneMatch(Texts::isUnclean);
    }

    /** @return whether a text is clean, but for line breaks and tabs */
    public static boolean isReadable(String text) {
        return text.codePoints().noneMatch(character -> isUnclean(character) && "\r\n\t\u2028\u2029".indexOf(character) < 0);
    }

    /**
     * @param most characters (code points) that are kept
     * @return the text without control characters, line separators and halves of characters, cut if it is too long
     */
    public static String cleaned(String text, int most) {
        return text.codePoints().filter(character -> !isUnclean(character)).limit(most)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** @return what a failure and its causes say first, from the outside in, each once, in one line; the console's log shows messages only */
    public static String causes(Throwable failure) {
        StringJoiner causes = new StringJoiner("; ");
        String last = "";
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String text = each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage().lines().findFirst().orElse("");
            if (!last.contains(text)) {
                causes.add(text);
                last = text;
            }
        }
        return causes.toString();
    }

    private static boolean isUnclean(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character) || type == Character.SURROGATE || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
