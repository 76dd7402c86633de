package io.pado.stores;

/** How one product is started or joined. Stateless; both ways return only once the store answers. */
interface StoreKind {

    /** The product's name as a person reads it. */
    String name();

    /** The setting whose presence means: use that one, start none. */
    String urlSetting();

    /** Starts a new one whose files are below {@code data}. */
    Store start(Settings settings, DataDirectory data);

    /** Uses the one that is configured or, without a configured one, the one another Pado started on this machine. */
    Store join(Settings settings);

    /** What to tell the user when {@link #join} finds nobody. */
    default StoreFailure noAnswer(Settings settings, String address, String reason, Exception cause) {
        String advice = settings.get(urlSetting()).isPresent()
                ? "start it, or correct " + urlSetting() + " (" + Settings.environmentName(urlSetting()) + ") and its user and password"
                : "start the first node before this one, or name a running " + name() + " with -D" + urlSetting() + "= ("
                        + Settings.environmentName(urlSetting()) + ")";
        return new StoreFailure("%s does not answer at %s (%s): %s.".formatted(name(), address, reason, advice), cause);
    }

    /** What to tell the user when {@link #start} fails. */
    default StoreFailure cannotStart(String reason, Exception cause) {
        return new StoreFailure("%s cannot start (%s); a running one can be used instead with -D%s= (%s).".formatted(name(), reason,
                urlSetting(), Settings.environmentName(urlSetting())), cause);
    }
}
