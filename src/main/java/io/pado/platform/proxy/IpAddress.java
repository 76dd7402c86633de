package io.pado.platform.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Addresses as text; no name is ever looked up. */
final class IpAddress {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(:" + IPV4 + ")?");
    /** Of IPv6 with IPv4 at its end. What is longer is none; looking for one in it would take time with its square. */
    private static final int MAX_LENGTH = 45;

    /** {@code 64:ff9b::/96}, in front of an address of IPv4. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private IpAddress() {
    }

    /** @return the address; IPv4 also for IPv4 in the form of IPv6; a zone ({@code %eth0}) is left out; empty if the text is none */
    static Optional<InetAddress> parse(String text) {
        int zone = text.contains(":") ? text.indexOf('%') : -1;
        String literal = zone < 0 ? text : text.substring(0, zone);
        if (literal.length() > MAX_LENGTH || !IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException noLiteral) {
            return Optional.empty();
        }
    }

    /**
     * @return an address of IPv4, or text that is no address, as it is; of IPv6 its first 64 bits: {@code 2001:db8:0:7::/64}; the one of IPv4 that stands in
     *         one of IPv6 for a client behind NAT64 (RFC 6052)
     */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        return parse(address).map(known -> known instanceof Inet6Address ? network(known.getAddress()) : known.getHostAddress()).orElse(address);
    }

    private static String network(byte[] address) {
        if (Arrays.equals(address, 0, NAT64.length, NAT64, 0, NAT64.length)) {
            return IntStream.range(NAT64.length, address.length).mapToObj(i -> Integer.toString(address[i] & 0xff)).collect(Collectors.joining("."));
        }
        return IntStream.range(0, 4).mapToObj(i -> Integer.toHexString((address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff))
                .collect(Collectors.joining(":", "", "::/64"));
    }

    /** @return the address of a node of RFC 7239, section 6: with or without a port, IPv6 with or without brackets */
    static Optional<InetAddress> ofNode(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end > 0 && isPort(node.substring(end + 1)) ? parse(node.substring(1, end)).filter(any -> node.contains(":")) : Optional.empty();
        }
        int colon = node.indexOf(':');
        boolean oneColon = colon >= 0 && colon == node.lastIndexOf(':');
        if (oneColon) {
            return isPort(node.substring(colon)) ? parse(node.substring(0, colon)) : Optional.empty();
        }
        return parse(node);
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || text.matches(":(\\d{1,5}|_[\\w.-]+)");
    }
}
