package io.pado.stores;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All stores of one run, ready: each either started here or, where its URL is configured, joined. If one cannot be had, none
 * stays behind. Close it to end those started here and to delete their temporary data. Thread-safe; closing twice does nothing.
 */
public final class Stores implements AutoCloseable {

    /** Those that there always are. */
    private static final List<StoreKind> USUAL = List.of(new SqlKind(), new RedisKind(), new MongoKind());

    private final List<Store> stores;
    private final Optional<DataDirectory> data;
    private boolean closed;

    private Stores(List<Store> stores, Optional<DataDirectory> data) {
        this.stores = List.copyOf(stores);
        this.data = data;
    }

    /** Starts, in parallel, those whose URL is not configured and joins the others; {@code progress} hears of each one ready. */
    public static Stores start(Settings settings, Consumer<String> progress) {
        List<StoreKind> kinds = kinds(settings);
        if (kinds.stream().allMatch(kind -> settings.get(kind.urlSetting()).isPresent())) {
            return join(settings, progress);
        }
        DataDirectory data = DataDirectory.open(settings);
        try {
            return new Stores(ParallelStart.all(kinds,
                    kind -> settings.get(kind.urlSetting()).isPresent() ? kind.join(settings) : kind.start(settings, data),
                    progress), Optional.of(data));
        } catch (RuntimeException failure) {
            data.close();
            throw failure;
        }
    }

    public static Stores start(Settings settings) {
        return start(settings, line -> { });
    }

    /** Starts nothing: uses the configured stores and, for the others, those that another Pado started on this machine. */
    public static Stores join(Settings settings, Consumer<String> progress) {
        return new Stores(ParallelStart.all(kinds(settings), kind -> kind.join(settings), progress), Optional.empty());
    }

    /** For tests: what the process's settings name is used, the others start on free ports with fresh data. */
    public static Stores forTests() {
        return start(ofTests());
    }

    /** The same with Kafka, and with the settings by which it carries the work queue's messages. */
    public static Stores forTestsWithKafka() {
        return start(ofTests().with(KafkaKind.ASKED, KafkaKind.EMBEDDED).with(KafkaKind.PORT, "0"));
    }

    private static Settings ofTests() {
        return Settings.ofProcess().with(SqlKind.PORT, "0").with(RedisKind.PORT, "0").with(MongoKind.PORT, "0").with(DataDirectory.SETTING, "");
    }

    /** The one place that knows which products there are. */
    private static List<StoreKind> kinds(Settings settings) {
        return Stream.concat(USUAL.stream(), KafkaKind.isAskedIn(settings) ? Stream.of(new KafkaKind()) : Stream.empty()).toList();
    }

    /** The settings of all stores together, for the server. */
    public Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        stores.forEach(store -> all.putAll(store.settings()));
        return all;
    }

    /** Whether all of them were started here; a demo may then fill them. */
    public boolean allEmbedded() {
        return stores.stream().allMatch(Store::embedded);
    }

    /** Whether closing deletes data. */
    public boolean temporary() {
        return data.isPresent() && !data.get().kept();
    }

    /** Where the data of those started here stays, if it does. */
    public Optional<Path> keptIn() {
        return data.filter(DataDirectory::kept).map(DataDirectory::root);
    }

    /** A store that was started here, to stop it or to look into it. */
    public <T extends Store> Optional<T> embedded(Class<T> type) {
        return stores.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<AutoCloseable> last = new ArrayList<>();
        data.ifPresent(last::add);
        last.addAll(stores);
        Closing.inReverse(last);
    }
}
