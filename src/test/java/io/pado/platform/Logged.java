package io.pado.platform;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs meanwhile. */
public final class Logged extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private Logged(Logger logger) {
        this.logger = logger;
    }

    public static Logged of(Class<?> type) {
        Logged logged = new Logged(Logger.getLogger(type.getName()));
        logged.logger.addHandler(logged);
        return logged;
    }

    public List<LogRecord> records() {
        return records;
    }

    /** Level and message of each. */
    public List<String> lines() {
        return records.stream().map(each -> each.getLevel() + " " + (each.getParameters() == null ? each.getMessage()
                : MessageFormat.format(each.getMessage(), each.getParameters()))).toList();
    }

    @Override
    public void publish(LogRecord each) {
        records.add(each);
    }

    @Override
    public void flush() {
        // All is there already.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
