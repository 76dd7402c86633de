package io.pado.feed;

/** A document is not what its collection's readers need; what was done to it cannot be told. */
public class MalformedDocument extends RuntimeException {

    /** @param reason what is wrong, without the document's content */
    public MalformedDocument(String reason) {
        super(reason);
    }
}
