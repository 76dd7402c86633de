package io.pado.platform;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that this node holds for clients who have begun something: in all, and for each address, so that one address cannot take what is there for all. Who
 * adds too much is refused, and nobody else. An address is known only while something is held for it. Thread-safe; clients wait for each other only when they
 * begin and when they end.
 */
public final class HeldBytes {

    private final long most;
    private final long mostOfAddress;
    private final AtomicLong all = new AtomicLong();
    private final ConcurrentMap<String, Share> shares = new ConcurrentHashMap<>();

    private static final class Share {

        private final AtomicLong bytes = new AtomicLong();
        /** Changed only in the map's own steps for this address. */
        private int holdings;
    }

    /** @param most bytes in all. @param mostOfAddress bytes of one address */
    public HeldBytes(long most, long mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /** @return counts what is held for one body, message or connection of an address; nothing yet */
    public Holding of(String address) {
        return new Holding(address);
    }

    /** @return bytes that are held now */
    public long bytes() {
        return all.get();
    }

    /** @return how many addresses are known now */
    int addresses() {
        return shares.size();
    }

    private Share join(String address) {
        return shares.compute(address, (who, known) -> {
            Share share = known == null ? new Share() : known;
            share.holdings++;
            return share;
        });
    }

    private void leave(String address) {
        shares.computeIfPresent(address, (who, share) -> {
            share.holdings--;
            return share.holdings == 0 ? null : share;
        });
    }

    /** What is held for one body, message or connection. Thread-safe. */
    public final class Holding {

        private final String address;

        // Guarded by this.
        /** Null while nothing is held. */
        private Share share;
        private long size;
        private boolean ended;

        private Holding(String address) {
            this.address = address;
        }

        /**
         * Holds so many bytes from now on, instead of those before; none once it has ended.
         *
         * @return whether there may be so many; if not, those before still count, and whoever added some must drop them
         */
        public synchronized boolean hold(long bytes) {
            long more = bytes - size;
            if (ended || more == 0) {
                return true;
            }
            if (size == 0) {
                share = join(address);
            }
            boolean fits = add(share.bytes, more, mostOfAddress);
            if (fits && !add(all, more, most)) {
                share.bytes.addAndGet(-more);
                fits = false;
            }
            if (fits) {
                size = bytes;
            }
            if (size == 0) {
                leave(address);
                share = null;
            }
            return fits;
        }

        /** @return whether there is room for more, or they are fewer; if not, nothing has changed */
        private static boolean add(AtomicLong count, long more, long most) {
            boolean fits = count.addAndGet(more) <= most || more < 0;
            if (!fits) {
                count.addAndGet(-more);
            }
            return fits;
        }

        /** Gives all back, for good. */
        public synchronized void end() {
            hold(0);
            ended = true;
        }
    }
}
