package io.pado.platform.proxy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The addresses of {@code pado.http.proxies}: addresses and networks, comma-separated ({@code 10.0.0.0/8,::1}), or one regular expression of
 * addresses, or {@code none}.
 */
final class TrustedProxies {

    private static final String NONE = "none";
    private static final Pattern LIST = Pattern.compile("[0-9a-fA-F:.,/\\s]+");
    private static final int BITS = 8;

    private final Predicate<InetAddress> trusted;
    private final boolean any;

    private record Network(byte[] address, int bits) {

        boolean contains(InetAddress other) {
            byte[] bytes = other.getAddress();
            if (bytes.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int bit = 1 << BITS - 1 - i % BITS;
                if (((bytes[i / BITS] ^ address[i / BITS]) & bit) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @throws IllegalStateException if the text is nothing of these */
    TrustedProxies(String setting) {
        String text = setting.strip();
        this.any = !text.isEmpty() && !text.equals(NONE);
        if (!any) {
            this.trusted = address -> false;
        } else if (LIST.matcher(text).matches()) {
            List<Network> networks = Arrays.stream(text.split(",")).map(String::strip).filter(item -> !item.isEmpty())
                    .map(TrustedProxies::network).toList();
            this.trusted = address -> networks.stream().anyMatch(network -> network.contains(address));
        } else {
            Pattern pattern = pattern(text);
            this.trusted = address -> pattern.matcher(address.getHostAddress()).matches();
        }
    }

    /** @return whether there are any */
    boolean any() {
        return any;
    }

    boolean contain(InetAddress address) {
        return trusted.test(address);
    }

    private static Network network(String item) {
        String[] parts = item.split("/", 2);
        Optional<byte[]> address = IpAddress.parse(parts[0]).map(InetAddress::getAddress);
        int most = address.map(bytes -> bytes.length * BITS).orElse(0);
        String bits = parts.length == 1 ? Integer.toString(most) : parts[1];
        if (address.isEmpty() || !bits.matches("\\d{1,3}") || Integer.parseInt(bits) > most) {
            throw new IllegalStateException("pado.http.proxies: '" + item + "' is no address and no network such as 10.0.0.0/8");
        }
        return new Network(address.get(), Integer.parseInt(bits));
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalStateException("pado.http.proxies must be addresses and networks, comma-separated, or one regular expression: "
                    + wrong.getMessage(), wrong);
        }
    }
}
