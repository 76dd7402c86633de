package io.pado.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The operating system's request to end this process (SIGTERM). Java's own answer to it is to run all shutdown hooks at once, the server's among
 * them, so whoever wants to do something while the server still serves must hear the signal itself. The JDK's class for that is no standard,
 * so it is called by reflection; where it is missing, or the JVM was told to leave signals alone (-Xrs), nothing is heard.
 */
public final class TerminationSignal {

    private static final Logger LOG = Logger.getLogger(TerminationSignal.class.getName());
    private static final String NAME = "TERM";

    private TerminationSignal() {
    }

    /**
     * Has a task run each time that the signal comes, on a thread of its own; when it is through, the process begins to end.
     *
     * @return gives the signal back; nothing if it cannot be heard
     */
    public static Optional<Runnable> before(Runnable task) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal", true, ClassLoader.getPlatformClassLoader());
            Class<?> listener = Class.forName("sun.misc.SignalHandler", true, ClassLoader.getPlatformClassLoader());
            Object signal = type.getConstructor(String.class).newInstance(NAME);
            Method listen = type.getMethod("handle", type, listener);
            Method hear = listener.getMethod("handle", type);
            AtomicReference<Object> usual = new AtomicReference<>();
            Object ours = Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, (proxy, method, heard) -> {
                if (!method.equals(hear)) {
                    return method.invoke(task, heard);
                }
                try {
                    task.run();
                } finally {
                    hear.invoke(usual.get(), heard);
                }
                return null;
            });
            usual.set(listen.invoke(null, signal, ours));
            return Optional.of(() -> giveBack(listen, signal, usual.get()));
        } catch (ReflectiveOperationException | RuntimeException unheard) {
            LOG.log(Level.INFO, "SIGTERM cannot be heard here, so this server stops at once when it comes", unheard);
            return Optional.empty();
        }
    }

    private static void giveBack(Method listen, Object signal, Object usual) {
        try {
            listen.invoke(null, signal, usual);
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
