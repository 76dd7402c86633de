package io.pado.admin;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a node is. Numbers that only grow are counted since its start; who wants them for each second takes the difference of two.
 *
 * @param node         name of the machine and number of the process
 * @param at           when
 * @param startedAt    since when it runs
 * @param carrier      what carries its open streams: bare or standard; undecided while it starts
 * @param connections  open streams
 * @param users        who have one or more of them
 * @param topics       that it follows
 * @param events       that it has handed out
 * @param deliveries   events times their readers
 * @param delayClasses upper ends of the classes of delays, milliseconds
 * @param delays       how many events took how long from the log into the queues of all readers: one number for each class, and one for what took longer
 * @param waiting      frames in the queues of all readers
 * @param waitingBytes of these
 * @param behind       readers for whom something waits
 * @param dropped      events that readers who are open now did not get because they were too slow
 * @param replaced     events in whose place they got a newer one
 * @param cpu          share of all processors that the process takes, 0 to 1; negative if it is not known
 * @param heapUsed     bytes
 * @param heapMost     bytes
 * @param endpoints    open streams of each path
 * @param reasons      streams that have ended, by the reason
 * @param busiest      topics with the most readers
 * @param troubled     readers that are behind or did not get everything, the worst first
 * @param ended        streams that ended last
 */
@JsonbPropertyOrder({"node", "at", "startedAt", "carrier", "connections", "users", "topics", "events", "deliveries", "delayClasses", "delays", "waiting", "waitingBytes",
    "behind", "dropped", "replaced", "cpu", "heapUsed", "heapMost", "endpoints", "reasons", "busiest", "troubled", "ended"})
public record NodeFigures(String node, Instant at, Instant startedAt, String carrier, int connections, int users, int topics, long events, long deliveries,
        List<Integer> delayClasses, List<Long> delays, long waiting, long waitingBytes, int behind, long dropped, long replaced, double cpu, long heapUsed,
        long heapMost, Map<String, Integer> endpoints, Map<String, Long> reasons, List<BusyTopic> busiest, List<ReaderView> troubled,
        List<ReaderView> ended) {

    /**
     * A topic.
     *
     * @param topic   its name
     * @param readers on this node
     * @param events  that it had since this node has followed it
     */
    @JsonbPropertyOrder({"topic", "readers", "events"})
    public record BusyTopic(String topic, int readers, long events) {
    }
}
