package io.pado.poll;

import io.pado.identity.Caller;

/**
 * Who votes: a user, or somebody without a token who is known by a self-chosen {@code client_id}.
 *
 * @param key       unique; users and client ids can never meet
 * @param anonymous whether it is no user
 */
record Voter(String key, boolean anonymous) {

    static Voter of(Caller caller, String clientId) {
        return caller.userId().isPresent()
                ? new Voter("user:" + caller.userId().getAsLong(), false)
                : new Voter("client:" + clientId, true);
    }
}
