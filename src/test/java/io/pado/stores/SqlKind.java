package io.pado.stores;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, the store of everything relational. */
final class SqlKind implements StoreKind {

    static final String URL = "pado.sql.url";
    static final String USER = "pado.sql.user";
    static final String PASSWORD = "pado.sql.password";
    static final String PORT = "pado.sql.port";
    /** Name of the database, its user and, as it listens on loopback only, its password. */
    static final String DEFAULT_NAME = "pado";

    private static final int DEFAULT_PORT = 15_432;
    private static final int PATIENCE_SECONDS = 5;

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public String urlSetting() {
        return URL;
    }

    @Override
    public Store start(Settings settings, DataDirectory data) {
        return PostgresStore.start(this, Ports.forStore(settings, PORT, DEFAULT_PORT, this), data);
    }

    @Override
    public Store join(Settings settings) {
        String url = settings.get(URL, url(settings.port(PORT, DEFAULT_PORT)));
        String user = settings.get(USER, DEFAULT_NAME);
        String password = settings.get(PASSWORD, DEFAULT_NAME);
        PGSimpleDataSource database = dataSource(url, user, password);
        String address = database.getServerNames()[0] + ":" + database.getPortNumbers()[0];
        try (Connection connection = database.getConnection()) {
            connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException silent) {
            throw noAnswer(settings, address, firstSentence(silent), silent);
        }
        return new OutsideStore(name(), address, settings(url, user, password));
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DEFAULT_NAME;
    }

    static Map<String, String> settings(String url, String user, String password) {
        return Map.of(URL, url, USER, user, PASSWORD, password);
    }

    static PGSimpleDataSource dataSource(String url, String user, String password) {
        // The driver knows no user in front of the host; it would take it, with the password, for a name or a port and log it.
        if (url.matches("jdbc:postgresql://[^/?]*@.*")) {
            throw notLikeThat();
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        try {
            database.setUrl(url);
        } catch (IllegalArgumentException notAUrl) {
            // Its message would repeat the URL, and with it a password in it.
            throw notLikeThat();
        }
        database.setUser(user);
        database.setPassword(password);
        database.setConnectTimeout(PATIENCE_SECONDS);
        return database;
    }

    private static StoreFailure notLikeThat() {
        return new StoreFailure("The setting %s (%s) must look like jdbc:postgresql://host:5432/database, with %s and %s beside it."
                .formatted(URL, Settings.environmentName(URL), USER, PASSWORD));
    }

    /** The driver explains at length; the first sentence says what happened. */
    private static String firstSentence(SQLException failure) {
        return failure.getMessage().lines().findFirst().orElse("no reason given").split("\\.( |$)")[0];
    }
}
