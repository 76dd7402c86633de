package io.pado.identity.outside;

import io.pado.identity.EndedSessions;
import io.pado.identity.IdentityConfig;
import io.pado.identity.account.Secrets;
import io.pado.identity.token.TokenRefused;
import io.pado.identity.token.VerifiedToken;
import io.pado.platform.Texts;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which user of ours the bearer of another issuer's token is. What was asked of the database is remembered for as long as
 * {@link EndedSessions} remembers ends, so that a request costs no round trip and an end is never missed. Thread-safe.
 */
@ApplicationScoped
public class OutsideUsers {

    private static final int REMEMBERED = 50_000;
    private static final int MAX_SUBJECT = 255;
    private static final int MAX_NAME = 100;

    private record Remembered(OutsideLogins.Login login, Instant asked) {
    }

    @Inject
    private OutsideLogins logins;
    @Inject
    private EndedSessions ended;
    @Inject
    private IdentityConfig config;
    @Inject
    private Clock clock;

    /** By the token's fingerprint. */
    private final Map<String, Remembered> remembered = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * @param token verified, of another issuer
     * @return the same with its user; somebody new becomes one
     * @throws TokenRefused     if the user was removed, or the token's login has ended
     * @throws ProblemException 503 if the database does not answer
     */
    public VerifiedToken known(VerifiedToken token) {
        Instant madeAt = checked(token);
        String fingerprint = fingerprint(token.getRawToken());
        Remembered known = remembered.get(fingerprint);
        if (known == null || known.asked().plus(config.accessLife()).isBefore(clock.instant())) {
            OutsideLogins.Token shown = new OutsideLogins.Token(token.getIssuer(), token.getSubject(), fingerprint, madeAt, token.countsUntil());
            known = new Remembered(asked(shown, name(token)), clock.instant());
            remembered.put(fingerprint, known);
        }
        if (known.login().session().isEmpty() || ended.contains(known.login().session())) {
            throw new TokenRefused("Invalid token: its login has ended");
        }
        return token.of(known.login().userId(), known.login().session());
    }

    /** @return when the token was made */
    private Instant checked(VerifiedToken token) {
        Optional<Instant> madeAt = token.madeAt();
        String subject = token.getSubject();
        if (madeAt.isEmpty() || !Texts.isVisible(subject) || subject.length() > MAX_SUBJECT || !Texts.isClean(subject)) {
            throw new TokenRefused("Invalid token: it needs the claim iat, and sub of 1 to " + MAX_SUBJECT
                    + " printable characters");
        }
        if (madeAt.get().isAfter(clock.instant().plus(config.leeway()))) {
            throw new TokenRefused("Invalid token: it says that it was made later than now (iat)");
        }
        return madeAt.get();
    }

    /** Of header and claims as they were signed. A bearer can write the signature in many forms, by Base64 and by ECDSA; each would look like a new token. */
    private static String fingerprint(String token) {
        return Secrets.hash(token.substring(0, token.lastIndexOf('.')));
    }

    private static String name(VerifiedToken token) {
        String name = Texts.cleaned(token.getName(), MAX_NAME);
        return Texts.isVisible(name) ? name : Texts.cleaned(token.getSubject(), MAX_NAME);
    }

    private OutsideLogins.Login asked(OutsideLogins.Token token, String name) {
        try {
            return logins.of(token, name);
        } catch (RuntimeException failure) {
            // Here nobody else would make an answer of it.
            throw ProblemMapper.problemOf(failure);
        }
    }
}
