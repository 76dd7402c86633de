package io.pado.platform;

import java.util.StringJoiner;

/** Texts that others made, on their way into names and logs that people read. */
public final class Texts {

    /** Letters and symbols that are drawn as nothing: fillers of Hangul, and the empty pattern of Braille. */
    private static final String DRAWN_AS_NOTHING = "\u115f\u1160\u3164\uffa0\u2800";

    private Texts() {
    }

    /**
     * @return whether a text of one line has neither control characters nor line separators nor halves of characters (lone surrogates), nor any that turn
     *         the direction of what stands behind them
     */
    public static boolean isClean(String text) {
        return text.codePoints().noneMatch(character -> isUnclean(character) || isTurning(character));
    }

    /** @return whether anybody could see that the text is there */
    public static boolean isVisible(String text) {
        return text.codePoints().anyMatch(Texts::isVisible);
    }

    /** @return whether a text is clean, but for line breaks and tabs */
    public static boolean isReadable(String text) {
        return text.codePoints().noneMatch(character -> isUnclean(character) && "\r\n\t\u2028\u2029".indexOf(character) < 0);
    }

    /**
     * @param most characters (code points) that are kept
     * @return the text with what is clean of it only, cut if it is too long
     */
    public static String cleaned(String text, int most) {
        return text.codePoints().filter(character -> !isUnclean(character) && !isTurning(character)).limit(most)
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

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK -> false;
            default -> DRAWN_AS_NOTHING.indexOf(character) < 0;
        };
    }

    /** Embeddings, overrides and isolates of the bidirectional algorithm (Unicode, UAX 9): they reach beyond the text that they stand in. */
    private static boolean isTurning(int character) {
        return character >= 0x202a && character <= 0x202e || character >= 0x2066 && character <= 0x2069;
    }

    private static boolean isUnclean(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character) || type == Character.SURROGATE || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
