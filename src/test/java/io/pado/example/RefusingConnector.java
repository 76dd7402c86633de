package io.pado.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.IncomingConnectorFactory;
import org.eclipse.microprofile.reactive.messaging.spi.OutgoingConnectorFactory;
import org.eclipse.microprofile.reactive.streams.operators.PublisherBuilder;
import org.eclipse.microprofile.reactive.streams.operators.ReactiveStreams;
import org.eclipse.microprofile.reactive.streams.operators.SubscriberBuilder;

/** A broker that refuses: its channels end soon after they were opened. */
@ApplicationScoped
@Connector("refusing")
public class RefusingConnector implements IncomingConnectorFactory, OutgoingConnectorFactory {

    @Override
    public PublisherBuilder<? extends Message<?>> getPublisherBuilder(Config channel) {
        // What fails while it is opened stops the start of the application.
        return ReactiveStreams.fromCompletionStage(CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("refused");
        }, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)));
    }

    @Override
    public SubscriberBuilder<? extends Message<?>, Void> getSubscriberBuilder(Config channel) {
        return ReactiveStreams.<Message<?>>builder().cancel();
    }
}
