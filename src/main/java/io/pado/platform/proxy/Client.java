package io.pado.platform.proxy;

/**
 * The client of a request, behind the proxies that are believed.
 *
 * @param address its address
 * @param scheme  by which it asked, {@code http} or {@code https}
 * @param host    and port that it asked, as sent; empty if it named none
 * @param port    to which it came, as a proxy tells it, where {@code host} has none; else empty
 * @param certain whether the scheme is known: this server's own, encrypted, or told by a proxy that is believed
 */
public record Client(String address, String scheme, String host, String port, boolean certain) {

    /** @return as whom limits count it: by its address, or by the first half of that in IPv6, of which one customer has all others (RFC 6177, section 2) */
    public String counted() {
        return IpAddress.network(address);
    }

    /** @return whether it asked over TLS */
    public boolean secure() {
        return scheme.equals("https");
    }
}
