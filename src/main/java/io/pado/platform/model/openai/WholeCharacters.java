package io.pado.platform.model.openai;

/** Puts characters together again that a model cut into two pieces. Not thread-safe. */
final class WholeCharacters {

    private static final char REPLACEMENT = '\uFFFD';

    private String half = "";

    /** @return what is whole now, maybe nothing; halves whose other half did not follow are replaced (U+FFFD) */
    String add(String piece) {
        String text = half + piece;
        half = "";
        if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
            half = text.substring(text.length() - 1);
            text = text.substring(0, text.length() - 1);
        }
        return repaired(text);
    }

    /** @return the replacement of a half that is left over, or nothing */
    String rest() {
        String rest = half.isEmpty() ? "" : String.valueOf(REPLACEMENT);
        half = "";
        return rest;
    }

    private static String repaired(String text) {
        if (text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().map(point -> Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point).forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
