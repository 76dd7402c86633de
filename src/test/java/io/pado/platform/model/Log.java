package io.pado.platform.model;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that is logged in this process from now on, in as much detail as there is. */
public final class Log extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");
    private final StringBuffer text = new StringBuffer();
    private final Level before = ROOT.getLevel();

    public static Log start() {
        Log log = new Log();
        log.setLevel(Level.ALL);
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(log);
        return log;
    }

    @Override
    public void publish(LogRecord entry) {
        text.append(entry.getLoggerName()).append(": ").append(MessageFormat.format(String.valueOf(entry.getMessage()).replace("'", "''"),
                entry.getParameters())).append('\n');
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            text.append(trace);
        }
    }

    public String text() {
        return text.toString();
    }

    @Override
    public void flush() {
        // is in memory
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
        ROOT.setLevel(before);
    }
}
