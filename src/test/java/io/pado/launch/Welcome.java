package io.pado.launch;

import io.pado.stores.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the person reads once everything runs: where it is and what to try. Contains no secret but the demo's.
 *
 * @param address host and port of this server, as in a URL
 */
record Welcome(int node, String address, boolean demo, Map<String, String> stores, Path log) {

    private static final Pattern PORT = Pattern.compile(":(\\d+)(?:/|$)");

    List<String> lines(Settings settings) {
        String base = "http://" + address;
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Pado is ready: " + base + "/");
        lines.add("");
        boolean mayHavePoll = demo || node > 1;
        lines.add("Listen to the votes in one terminal" + (mayHavePoll ? ":" : " (they need a poll 1, which the demo data has):"));
        lines.add("  curl -N '" + base + "/sse/votes?client_id=a'");
        lines.add("and vote in another one (the demo poll has the options 1, 2 and 3):");
        lines.add("  curl -X POST " + base + "/api/polls/1/votes -H 'Content-Type: application/json'"
                + " -d '{\"optionId\":1,\"client_id\":\"me\"}'");
        if (demo) {
            lines.add("Log in as one of the demo's users (" + String.join(", ", DemoUsers.all().keySet()) + "):");
            lines.add("  curl -X POST " + base + "/api/auth/login/json -H 'Content-Type: application/json'"
                    + " -d '{\"email\":\"admin@demo.pado\",\"password\":\"" + DemoUsers.PASSWORD + "\"}'");
        }
        lines.add("Any program can speak to the listeners through Redis:");
        lines.add("  redis-cli" + redisAddress() + " PUBLISH vote_updates '{\"pollId\":\"x\"}'");
        lines.add("and to its documents in MongoDB:");
        lines.add("  mongosh '" + mongoAddress() + "'");
        lines.add("One more server on the same stores:");
        lines.add("  mvn -Prun -Dpado.node=" + (node + 1) + ports(settings));
        lines.add("Its health is at " + base + "/health, its log in " + log + "; -Dpado.help=true lists the settings.");
        lines.add("Ctrl-C stops " + (node == 1 ? "the server and its stores." : "this server; the stores go on."));
        return lines;
    }

    /** Without user and password, which the URL may hold. */
    private String redisAddress() {
        URI url = URI.create(stores.getOrDefault("pado.redis.url", "redis://127.0.0.1:6379"));
        String host = "127.0.0.1".equals(url.getHost()) ? "" : " -h " + url.getHost();
        return host + (url.getPort() < 0 ? "" : " -p " + url.getPort());
    }

    /** Without user and password, which the URL may hold. */
    private String mongoAddress() {
        return stores.getOrDefault("pado.mongo.url", "mongodb://127.0.0.1:27017/pado").replaceFirst("//[^/]*@", "//");
    }

    /** The next node finds the stores only where they are; a port that was free to choose has been chosen by now. */
    private String ports(Settings settings) {
        StringBuilder options = new StringBuilder();
        for (String store : List.of("pado.sql", "pado.redis", "pado.mongo")) {
            settings.get(store + ".port").ifPresent(asked ->
                    options.append(" -D").append(store).append(".port=").append(chosen(store + ".url", asked)));
        }
        return options.toString();
    }

    private String chosen(String urlName, String asked) {
        Matcher port = PORT.matcher(stores.getOrDefault(urlName, ""));
        return port.find() ? port.group(1) : asked;
    }
}
