package io.pado.platform;

/** Texts that others made, on their way into names that people read. */
public final class Texts {

    private Texts() {
    }

    /** @return whether a text has neither control characters nor halves of characters (lone surrogates) */
    public static boolean isClean(String text) {
        return text.codePoints().noneMatch(Texts::isUnclean);
    }

    /**
     * @param most characters (code points) that are kept
     * @return the text without control characters and halves of characters, cut if it is too long
     */
    public static String cleaned(String text, int most) {
        return text.codePoints().filter(character -> !isUnclean(character)).limit(most)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isUnclean(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }
}
