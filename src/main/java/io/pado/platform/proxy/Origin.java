package io.pado.platform.proxy;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin (RFC 6454) in its one form: lower case, international names in ASCII, no dot at the end, IPv6 in full, the scheme's default port.
 *
 * @param port -1 if the scheme has none
 */
record Origin(String scheme, String host, int port) {

    private static final Pattern FORM = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(\\[[^\\]]*\\]|[^\\[\\]:/@?#\\s]+)(?::(\\d{0,5}))?");
    /** Of a name of 253 characters with its scheme and port. */
    private static final int MAX_LENGTH = 300;
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

    /** @return the origin; empty if the text is none, as {@code null} is */
    static Optional<Origin> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String port = matcher.group(3) == null ? "" : matcher.group(3);
        return host(matcher.group(2)).map(host -> new Origin(scheme, host,
                port.isEmpty() ? PORTS.getOrDefault(scheme, -1) : Integer.parseInt(port)));
    }

    private static Optional<String> host(String text) {
        if (text.startsWith("[")) {
            return IpAddress.parse(text.substring(1, text.length() - 1)).filter(any -> text.contains(":"))
                    .map(address -> '[' + address.getHostAddress() + ']');
        }
        try {
            String name = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            return Optional.of(host).filter(any -> !any.isEmpty()).map(any -> IpAddress.parse(any).map(InetAddress::getHostAddress).orElse(any));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }
}
