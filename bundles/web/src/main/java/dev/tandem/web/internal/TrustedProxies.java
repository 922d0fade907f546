package dev.tandem.web.internal;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reverse proxies in front of this node: whose word about clients is believed. Immutable. */
public final class TrustedProxies {
    /** Believes nobody. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");
    private static final int MOST = 100;
    private static final int V4_BITS = 32;
    /** What stands before an old address in an IPv6 one that maps it. */
    private static final int MAPPED_BITS = 96;

    private final List<Block> blocks;

    private TrustedProxies(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Reads addresses and CIDR blocks with commas or blanks between them. What is no such thing is logged and left out, and
     * so is a block of all addresses: whoever trusts everybody lets everybody choose an address.
     */
    public static TrustedProxies read(String text) {
        var blocks = new ArrayList<Block>();
        for (var entry : SEPARATOR.split(text.strip())) {
            if (entry.isEmpty()) {
                continue;
            }
            var block = Block.read(entry);
            if (block.isEmpty()) {
                LOG.error(
                        "dev.tandem.web: trustedProxies: \"{}\" is no address like 10.0.0.7 or 2001:db8::7 and no block"
                                + " like 10.0.0.0/24 of fewer than all. It is ignored.",
                        entry);
            } else if (blocks.size() == MOST) {
                LOG.error("dev.tandem.web: trustedProxies: there are more than {}; the rest is ignored.", MOST);
                break;
            } else {
                blocks.add(block.get());
            }
        }
        return blocks.isEmpty() ? NONE : new TrustedProxies(blocks);
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    boolean trusts(InetAddress address) {
        var bytes = address.getAddress();
        return blocks.stream().anyMatch(block -> block.contains(bytes));
    }

    /** @param bits how many of the first bits count */
    private record Block(byte[] first, int bits) {
        static Optional<Block> read(String text) {
            int slash = text.indexOf('/');
            var written = slash < 0 ? text : text.substring(0, slash);
            return Addresses.literal(written).flatMap(address -> {
                var bytes = address.getAddress();
                int all = bytes.length * Byte.SIZE;
                if (slash < 0) {
                    return Optional.of(new Block(bytes, all));
                }
                var length = text.substring(slash + 1);
                if (!LENGTH.matcher(length).matches()) {
                    return Optional.empty();
                }
                boolean mapped = all == V4_BITS && written.indexOf(':') >= 0;
                int bits = Integer.parseInt(length) - (mapped ? MAPPED_BITS : 0);
                return bits < 1 || bits > all ? Optional.empty() : Optional.of(new Block(bytes, bits));
            });
        }

        boolean contains(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += Byte.SIZE) {
                int count = Math.min(Byte.SIZE, bits - bit);
                int mask = 0xFF << (Byte.SIZE - count);
                if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask & 0xFF) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
