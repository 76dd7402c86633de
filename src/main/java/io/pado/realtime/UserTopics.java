package io.pado.realtime;

import io.pado.identity.Caller;
import io.pado.identity.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** The private topic of each user, {@code user:42}: what concerns nobody else. */
@ApplicationScoped
public class UserTopics implements TopicPolicy {

    private static final Pattern NAME = Pattern.compile("user:\\d{1,18}");

    /** @return the private topic of a user */
    public static Topic of(long userId) {
        return new Topic("user:" + userId);
    }

    @Override
    public boolean covers(Topic topic) {
        return NAME.matcher(topic.name()).matches();
    }

    @Override
    public boolean mayRead(Caller caller, Topic topic) {
        return caller.userId().isPresent() && topic.equals(of(caller.userId().getAsLong()));
    }

    @Override
    public boolean mayPublish(Caller caller, Topic topic) {
        return caller.is(Roles.PUBLISHER) || caller.is(Roles.ADMIN);
    }

    @Override
    public Continuity continuity(Topic topic) {
        return Continuity.REPLAY;
    }
}
