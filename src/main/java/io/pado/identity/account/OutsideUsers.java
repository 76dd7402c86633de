package io.pado.identity.account;

import io.pado.identity.EndedSessions;
import io.pado.identity.IdentityConfig;
import io.pado.identity.token.TokenRefused;
import io.pado.identity.token.VerifiedToken;
import io.pado.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.jwt.Claims;

/**
 * Tells which user of ours the bearer of another issuer's token is. What was asked of the database is remembered for as long as
 * {@link EndedSessions} remembers ends, so that a request costs no round trip and an end is never missed. Thread-safe.
 */
@ApplicationScoped
public class OutsideUsers {

    private static final Logger LOG = Logger.getLogger(OutsideUsers.class.getName());
    private static final int REMEMBERED = 50_000;
    private static final int MOST_SUBJECT = 255;
    private static final int MOST_NAME = 100;

    private record Subject(String issuer, String id) {
    }

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

    private final Map<Subject, Remembered> remembered = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Remembered> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * @param token verified, of another issuer
     * @return the same with its user; somebody new becomes one
     * @throws TokenRefused     if the user was removed, or its login was ended after the token was made
     * @throws ProblemException 503 if the database does not answer
     */
    public VerifiedToken known(VerifiedToken token) {
        Subject subject = new Subject(token.getIssuer(), token.getSubject());
        Optional<Long> issuedAt = token.claim(Claims.iat.name());
        if (subject.id().length() > MOST_SUBJECT || issuedAt.isEmpty()) {
            throw new TokenRefused("Invalid token: it needs the claim iat, and sub of " + MOST_SUBJECT + " characters at most");
        }
        Instant madeAt = Instant.ofEpochSecond(issuedAt.get());
        Remembered known = remembered.get(subject);
        if (known == null || known.asked().plus(config.accessLife()).isBefore(clock.instant()) || mayHaveBegunAnew(known.login(), madeAt)) {
            known = new Remembered(asked(subject, token.getName(), madeAt), clock.instant());
            remembered.put(subject, known);
        }
        if (!known.login().counts(madeAt)) {
            throw new TokenRefused("Invalid token: its login has ended");
        }
        return token.of(known.login().userId(), known.login().session());
    }

    private boolean mayHaveBegunAnew(OutsideLogins.Login login, Instant madeAt) {
        return madeAt.isAfter(login.validAfter()) && (login.session().isEmpty() || ended.contains(login.session()));
    }

    private OutsideLogins.Login asked(Subject subject, String name, Instant madeAt) {
        try {
            String shown = name.length() > MOST_NAME ? name.substring(0, MOST_NAME) : name;
            return logins.of(subject.issuer(), subject.id(), shown, madeAt);
        } catch (RuntimeException away) {
            LOG.log(Level.WARNING, "The database could not tell who a user of another issuer is", away);
            throw ProblemException.unavailable("It cannot be told right now who you are; try again in a few seconds.");
        }
    }
}
