package io.pado.stores.mongo;

import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * The server, in this process, on the loopback address: a replica set {@code rs0} of one member. Its data is in memory. A test may take it
 * away in the ways in which servers go away. Thread-safe.
 */
public final class EmbeddedMongo implements AutoCloseable {

    /** Changes that are kept, unless it is told otherwise. */
    public static final int USUAL_HISTORY = 20_000;

    private static final Duration PORT_IS_FREE_WITHIN = Duration.ofSeconds(10);
    private static final String HOST = "127.0.0.1";
    /** No two logs have the same, not even those of servers that were started one after the other. */
    private static final AtomicInteger EPOCHS = new AtomicInteger((int) Clock.systemUTC().instant().getEpochSecond());

    private final int port;
    private final Clock clock = Clock.systemUTC();
    private final EventLoopGroup acceptor = group("mongo-accept");
    private final EventLoopGroup worker = group("mongo-commands");
    private final ChannelGroup clients = new DefaultChannelGroup(worker.next());
    private ChangeLog log;
    private volatile Commands commands;
    private Channel listening;
    private CountDownLatch pause = new CountDownLatch(0);

    /** @param port to listen on, once it is started */
    public EmbeddedMongo(int port) {
        this.port = port;
        reset(USUAL_HISTORY);
    }

    private static EventLoopGroup group(String name) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    private void reset(int history) {
        log = new ChangeLog(clock, EPOCHS.incrementAndGet(), history);
        commands = new Commands(HOST + ':' + port, log);
    }

    /** @return where clients find it, with the database {@code pado} */
    public String url() {
        return "mongodb://" + HOST + ':' + port + "/pado?replicaSet=rs0";
    }

    /** Listens, with the data that was there when it was stopped. */
    public synchronized void start() {
        // The port may be taken for a moment: by a client that asks for it while nobody listens, and is given the same one as its own.
        Awaitility.await().atMost(PORT_IS_FREE_WITHIN).ignoreExceptionsMatching(BindException.class::isInstance).until(this::listen);
    }

    private boolean listen() {
        listening = new ServerBootstrap().group(acceptor, worker).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        clients.add(channel);
                        channel.pipeline().addLast(new MongoWireReplyEncoder(), new MongoWireMessageEncoder(), new MongoWireProtocolHandler(),
                                new CommandHandler(() -> commands));
                    }
                }).bind(HOST, port).syncUninterruptibly().channel();
        return true;
    }

    /** Ends all connections, cursors and transactions, and listens no more. */
    public synchronized void stop() {
        if (listening != null) {
            listening.close().syncUninterruptibly();
            listening = null;
            clients.close().awaitUninterruptibly();
            run(commands::forgetClients);
        }
    }

    /** Connections stay open, and new ones are taken, but nothing is answered until {@link #resume}. */
    public synchronized void pause() {
        resume();
        CountDownLatch end = new CountDownLatch(1);
        pause = end;
        worker.next().execute(() -> awaitEnd(end));
    }

    /** Ends a pause, if there is one: what was asked meanwhile is done. */
    public synchronized void resume() {
        pause.countDown();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps so many changes from now on, for streams that want to resume. */
    public void keepHistory(int changes) {
        run(() -> log.keep(changes));
    }

    /** Forgets all changes: every open stream and every token is lost from now on. */
    public void forgetHistory() {
        run(log::forget);
    }

    /** @return all data as it is now, for {@link #restore} or {@link #load} */
    public byte[] backup() {
        byte[][] result = new byte[1][];
        run(() -> result[0] = Backup.of(commands.data(), log));
        return result[0];
    }

    /** Ends all connections and starts again with the data of a backup and an empty log of changes: tokens from before are worthless. */
    public synchronized void restore(byte[] backup) {
        stop();
        reset(USUAL_HISTORY);
        run(() -> Backup.load(backup, commands.data(), log, false));
        start();
    }

    /** Takes over the data of a backup, before the server is started: a token of the last change before it is good. */
    public void load(byte[] backup) {
        run(() -> Backup.load(backup, commands.data(), log, true));
    }

    /** Without any data at the next start. */
    public synchronized void clear() {
        stop();
        reset(USUAL_HISTORY);
    }

    /** On the thread that runs commands, between two of them. */
    private void run(Runnable action) {
        worker.next().submit(action).syncUninterruptibly();
    }

    /** Whether it cannot be started any more. */
    public boolean isClosed() {
        return worker.isShuttingDown();
    }

    @Override
    public synchronized void close() {
        if (isClosed()) {
            return;
        }
        resume();
        stop();
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        worker.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
