package io.pado.feed;

import io.pado.platform.mongo.Fields;
import java.util.function.Predicate;

/** What a document has must be of its type if it is to be told; what it does not have may be missing. Each throws {@link MalformedDocument}. */
public final class Types {

    private Types() {
    }

    /** Texts, and nothing that could be written as one. */
    public static void requireTexts(Fields document, String... names) {
        require(document, name -> document.value(name) instanceof String, "no text", names);
    }

    /** Moments, in one of the ways of {@link Fields#time}. */
    public static void requireTimes(Fields document, String... names) {
        require(document, name -> document.time(name).isPresent(), "no time", names);
    }

    /** Numbers, in one of the ways of {@link Fields#number}. */
    public static void requireNumbers(Fields document, String... names) {
        require(document, name -> document.number(name).isPresent(), "no number", names);
    }

    /** Names of somebody or something, whoever gave them: texts, numbers, an ObjectId. */
    public static void requireIds(Fields document, String... names) {
        require(document, name -> document.text(name).isPresent(), "no id", names);
    }

    private static void require(Fields document, Predicate<String> fits, String wrong, String... names) {
        for (String name : names) {
            if (document.value(name) != null && !fits.test(name)) {
                throw new MalformedDocument(name + " is " + wrong);
            }
        }
    }
}
