package io.pado.realtime.hub;

/** How many topics are followed for some readers. A topic counts for whose reader was its first, until nobody hears it any more. Thread-safe. */
public interface TopicShare {

    /** Of users, and of this server itself: any number. */
    TopicShare ANY = new TopicShare() {

        @Override
        public void take(int topics) {
            // any number
        }

        @Override
        public void giveBack() {
            // any number
        }
    };

    /** Counts topics that are followed from now on; throws what their reader is refused with if there are too many. */
    void take(int topics);

    /** A topic is followed no more. */
    void giveBack();
}
