package io.pado.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private static final String STREAM = ": hello\n\n"
            + "data: connected\n\n"
            + "data: {\"pollId\":\"bench\",\"seq\":7,\"ts\":1234567890123,\"pad\":\"xx\"}\n\n"
            + "id: 4-8\ndata: {\"type\":\"vote_update\",\"channel\":\"votes\",\"data\":{\"ts\":12,\"seq\": 8}}\n\n"
            + "event: x\r\ndata:{\"seq\":9,\r\ndata:\"ts\":13}\r\n\r\n"
            + "data: \"{\\\"seq\\\":10,\\\"ts\\\":14}\"\r\r"
            + "retry: 5\nid: 3\n\n"
            + "data\n\n"
            + "data: {\"seq\":11,\"ts\":15}";
    private static final List<String> EVENTS = List.of("-1/-1", "7/1234567890123", "8/12", "9/13", "10/14", "-1/-1");

    @Test
    void readsEveryKindOfEventAndLeavesTheUnfinishedOne() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        assertEquals(EVENTS, parse(bytes, bytes.length));
    }

    @Test
    void readsTheSameHoweverTheStreamIsCut() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece < bytes.length; piece++) {
            assertEquals(EVENTS, parse(bytes, piece), "in pieces of " + piece);
        }
    }

    @Test
    void findsOnlyWholeKeysWithNumbers() {
        byte[] line = "data: {\"seqs\":1,\"xseq\":2,\"seq\":\"3\",\"seq\" : 4}".getBytes(StandardCharsets.UTF_8);
        assertEquals(4, Marks.find(line, 0, line.length, Marks.key("seq")));
    }

    private static List<String> parse(byte[] bytes, int piece) {
        List<String> events = new ArrayList<>();
        EventParser parser = new EventParser(
                new MessageMarks("", "", (seq, nanos, greeting) -> events.add(seq + "/" + nanos)));
        for (int at = 0; at < bytes.length; at += piece) {
            parser.accept(bytes, at, Math.min(bytes.length, at + piece));
        }
        return events;
    }
}
