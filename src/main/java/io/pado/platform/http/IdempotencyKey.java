package io.pado.platform.http;

import io.pado.platform.Texts;
import io.pado.platform.problem.ProblemException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A request's {@code Idempotency-Key}, and what it was sent for.
 *
 * @param text    the key; empty for none, and then the command is done each time
 * @param content hash of all that makes the command what it is
 */
public record IdempotencyKey(String text, String content) {

    private static final int MAX_KEY = 200;

    /**
     * @param sent    the header; empty for none
     * @param content all that makes the command what it is: address and body
     * @throws ProblemException 400 for what is no key
     */
    public static IdempotencyKey of(String sent, String content) {
        check(sent);
        return new IdempotencyKey(sent, hash(content));
    }

    /**
     * @param sent the header; empty for none
     * @throws ProblemException 400 for what is no key
     */
    public static void check(String sent) {
        if (!sent.isEmpty() && (sent.isBlank() || sent.length() > MAX_KEY || !Texts.isClean(sent))) {
            throw ProblemException.badRequest("idempotency-key", "Idempotency-Key must be 1 to " + MAX_KEY + " printable characters.");
        }
    }

    /** @return whether the request has a key */
    public boolean isGiven() {
        return !text.isEmpty();
    }

    /**
     * @param earlier hash of what the key was sent for before
     * @throws ProblemException 409 if that was something else
     */
    public void requireSame(String earlier) {
        if (!content.equals(earlier)) {
            throw ProblemException.conflict("idempotency-key-reused",
                    "You have used this Idempotency-Key for another request; each needs one of its own.");
        }
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).toString(Character.MAX_RADIX);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
