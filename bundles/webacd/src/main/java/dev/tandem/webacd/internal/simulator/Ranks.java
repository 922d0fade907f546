package dev.tandem.webacd.internal.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers in their order, of which it is known how many are smaller than one. Made of short blocks, so all is quick. */
final class Ranks {
    private static final int MOST = 512;

    private static final class Block {
        private long[] keys = new long[16];
        private int size;

        private int find(long key) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (keys[middle] < key) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private void add(long key) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
            }
            int at = find(key);
            System.arraycopy(keys, at, keys, at + 1, size - at);
            keys[at] = key;
            size++;
        }
    }

    private final List<Block> blocks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(long key) {
        if (blocks.isEmpty()) {
            blocks.add(new Block());
        }
        int at = blockOf(key);
        var block = blocks.get(at);
        block.add(key);
        size++;
        if (block.size > MOST) {
            var half = new Block();
            half.keys = Arrays.copyOfRange(block.keys, block.size / 2, block.size);
            half.size = half.keys.length;
            block.size -= half.size;
            blocks.add(at + 1, half);
        }
    }

    /** Takes one such number out; nothing if there is none. */
    void remove(long key) {
        for (int b = firstBlock(key); b < blocks.size(); b++) {
            var block = blocks.get(b);
            int at = block.find(key);
            if (at == block.size) {
                continue;
            }
            if (block.keys[at] == key) {
                System.arraycopy(block.keys, at + 1, block.keys, at, block.size - at - 1);
                block.size--;
                size--;
                if (block.size == 0) {
                    blocks.remove(b);
                }
            }
            return;
        }
    }

    /** How many are smaller. */
    int before(long key) {
        int count = 0;
        for (var block : blocks) {
            if (block.keys[block.size - 1] >= key) {
                return count + block.find(key);
            }
            count += block.size;
        }
        return count;
    }

    /** The last block that begins no later, so that equal ones stand together. */
    private int blockOf(long key) {
        int at = blocks.size() - 1;
        while (at > 0 && blocks.get(at).keys[0] > key) {
            at--;
        }
        return at;
    }

    private int firstBlock(long key) {
        int at = 0;
        while (at < blocks.size() && blocks.get(at).keys[blocks.get(at).size - 1] < key) {
            at++;
        }
        return at;
    }
}
