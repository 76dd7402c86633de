package io.pado.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The servers of one run, in turn: how to make each anew; and in words which ones were left out. */
record LineUp(Map<String, Supplier<Peer>> peers, List<String> leftOut) {
    /** One server that could take part. {@code missing}: what to do so that it can; empty: nothing. */
    record Candidate(String name, Supplier<Peer> maker, String missing) {
    }

    /** Those of {@code names}, which must all be there; without names all that are there. */
    static LineUp of(List<Candidate> candidates, List<String> names) {
        Map<String, Supplier<Peer>> peers = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        for (Candidate candidate : names.isEmpty() ? candidates : named(candidates, names)) {
            if (candidate.missing().isEmpty()) {
                peers.put(candidate.name(), candidate.maker());
            } else if (names.isEmpty()) {
                leftOut.add(candidate.name() + " (" + candidate.missing() + ")");
            } else {
                throw new IllegalArgumentException("the server " + candidate.name() + " is not here: "
                        + candidate.missing());
            }
        }
        return new LineUp(peers, leftOut);
    }

    private static List<Candidate> named(List<Candidate> candidates, List<String> names) {
        List<Candidate> found = candidates.stream().filter(candidate -> names.contains(candidate.name())).toList();
        for (String name : names) {
            if (found.stream().noneMatch(candidate -> candidate.name().equals(name))) {
                throw new IllegalArgumentException("no server is called " + name + ", only "
                        + candidates.stream().map(Candidate::name).toList());
            }
        }
        return found;
    }
}
