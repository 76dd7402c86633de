package io.pado.launch;

import io.pado.platform.sql.Migrations;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.sql.DataSource;

/**
 * The users of the demo (spec 0-common), one of each role and five more. The server knows nothing of them: they are put into a
 * database that was started here, and nowhere else, so that no configuration of a real server can have them.
 */
public final class DemoUsers {

    /** Of all of them. */
    public static final String PASSWORD = "pado-demo";

    private static final int PLAIN_USERS = 5;
    private static final int ITERATIONS = 210_000;
    private static final int BITS = 256;
    private static final byte[] SALT = "demo-users' salt".getBytes(StandardCharsets.US_ASCII);
    private static final String INSERT =
            "INSERT INTO app_user (email, name, password, roles) VALUES (?, ?, ?, ?) ON CONFLICT (email) DO NOTHING";

    private DemoUsers() {
    }

    /** @return email addresses, and the roles of each, comma-separated */
    public static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String role : new String[] {"admin", "barista", "kiosk", "partner", "customer", "publisher"}) {
            all.put(role + "@demo.pado", role + ",user");
        }
        for (int i = 1; i <= PLAIN_USERS; i++) {
            all.put("user" + i + "@demo.pado", "user");
        }
        return all;
    }

    /** Adds those that are not there yet, and before that the tables if they are not. @param database of a store that was started here */
    public static void fill(DataSource database) {
        Migrations.migrate(database);
        fill(database, ITERATIONS);
    }

    /** The same, with so many rounds of hashing for each login, as {@code pado.password.iterations}. */
    public static void fill(DataSource database, int iterations) {
        String hash = hash(iterations);
        try (Connection connection = database.getConnection(); PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<String, String> user : all().entrySet()) {
                insert.setString(1, user.getKey());
                insert.setString(2, user.getKey().replaceFirst("@.*", ""));
                insert.setString(3, hash);
                insert.setString(4, user.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException failure) {
            throw new LaunchFailure("The demo's users could not be put into the database: " + failure.getMessage(), failure);
        }
    }

    /** In the form of Jakarta Security's {@code Pbkdf2PasswordHash}. */
    private static String hash(int iterations) {
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), SALT, iterations, BITS)).getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "PBKDF2WithHmacSHA512:" + iterations + ':' + base64.encodeToString(SALT) + ':' + base64.encodeToString(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has PBKDF2", impossible);
        }
    }
}
