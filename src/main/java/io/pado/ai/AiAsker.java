package io.pado.ai;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Who asks: a user, a page that names itself, or nobody in particular.
 *
 * @param owner   of the runs
 * @param address of the client, hashed, for the runs of all pages there are counted together; empty for a user
 * @param topic   on which the answers come
 */
record AiAsker(String owner, String address, Topic topic) {

    private static final int HASH_BYTES = 16;

    /**
     * @param clientId as the page names itself; empty for none. It does not count with a token
     * @param address  of the client; says whose a run is if nothing else does, and how many there are of it
     */
    static AiAsker of(Caller caller, String clientId, String address) {
        if (caller.userId().isPresent()) {
            long user = caller.userId().getAsLong();
            return new AiAsker("user:" + user, "", AiTopics.ofUser(user));
        }
        String hash = hash(clientId);
        String place = hash(address);
        return clientId.isEmpty() ? new AiAsker("address:" + place, place, AiTopics.EVERYBODY) : new AiAsker("client:" + hash, place, AiTopics.ofClient(hash));
    }

    /** @return a name that the asker cannot choose */
    String place() {
        return address.isEmpty() ? owner : "address:" + address;
    }

    /** @return whether the answers come to everybody */
    boolean isNobody() {
        return topic.equals(AiTopics.EVERYBODY);
    }

    static String hash(String clientId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(clientId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
