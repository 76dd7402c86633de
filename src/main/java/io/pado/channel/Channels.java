package io.pado.channel;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The channels that the features contribute. */
@ApplicationScoped
public class Channels {

    private final List<Channel> all;

    @Inject
    Channels(@Any Instance<Channel> contributed) {
        this(contributed.stream().toList());
    }

    Channels(List<Channel> all) {
        this.all = all.stream().sorted(Comparator.comparing(Channel::name)).toList();
    }

    /** For the container's proxy only. */
    protected Channels() {
        this(List.of());
    }

    /**
     * @param names comma-separated; empty for all
     * @return the channels in the order of their names in the request
     * @throws ProblemException 400 if one does not exist
     */
    public List<Channel> named(String names) {
        if (names.isBlank()) {
            return all;
        }
        List<Channel> chosen = new ArrayList<>();
        Arrays.stream(names.split(",")).map(String::strip).distinct().forEach(name -> chosen.add(one(name)));
        return chosen;
    }

    Channel carrying(Topic topic) {
        return all.stream().filter(channel -> channel.carries(topic)).findFirst()
                .orElseThrow(() -> new IllegalStateException("No channel carries " + topic));
    }

    /** @return the names of the channels that carry some of the topics */
    List<String> carryingAny(Set<Topic> topics) {
        return all.stream().filter(channel -> topics.stream().anyMatch(channel::carries)).map(Channel::name).toList();
    }

    private Channel one(String name) {
        return all.stream().filter(channel -> channel.name().equals(name)).findFirst()
                .orElseThrow(() -> ProblemException.badRequest("unknown-channel",
                        "A channel you asked for does not exist. Choose from: "
                                + String.join(", ", all.stream().map(Channel::name).toList()) + '.'));
    }
}
