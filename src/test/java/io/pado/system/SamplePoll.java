package io.pado.system;

import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A test's own poll. Only admins may open one over HTTP, so it is put into the database.
 *
 * @param options their ids, in order
 */
record SamplePoll(long id, List<Long> options) {

    static SamplePoll open(DataSource database) {
        return insert(database, false, true);
    }

    static SamplePoll closed(DataSource database) {
        return insert(database, true, true);
    }

    static SamplePoll forUsersOnly(DataSource database) {
        return insert(database, false, false);
    }

    String path() {
        return "/api/polls/" + id;
    }

    /** Body of a vote. */
    String vote(int option, String voter) {
        return "{\"optionId\":" + options.get(option) + ",\"client_id\":\"" + voter + "\"}";
    }

    /** Votes of each option, in order, from a poll's JSON. */
    static List<Integer> counts(JsonObject poll) {
        return poll.getJsonArray("options").getValuesAs(JsonObject.class).stream().map(option -> option.getInt("votes")).toList();
    }

    private static SamplePoll insert(DataSource database, boolean closed, boolean anonymous) {
        try (Connection connection = database.getConnection()) {
            long id = insert(connection, "INSERT INTO poll (title, closed, anonymous) VALUES ('커피?', ?, ?) RETURNING id", closed, anonymous);
            List<Long> options = new ArrayList<>();
            for (String label : List.of("Espresso", "Latte", "Tea")) {
                options.add(insert(connection, "INSERT INTO poll_option (poll_id, label, place) VALUES (?, ?, ?) RETURNING id", id, label,
                        options.size()));
            }
            return new SamplePoll(id, options);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static long insert(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
