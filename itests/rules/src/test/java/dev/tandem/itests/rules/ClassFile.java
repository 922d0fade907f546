package dev.tandem.itests.rules;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a class file (JVMS 4) as the rules ask for.
 *
 * @param name with slashes: {@code dev/tandem/web/Call}
 * @param texts every text of the constant pool; names of classes and types in signatures are among them
 * @param fields the fields that the class declares
 */
record ClassFile(String name, List<String> texts, List<Field> fields) {
    private static final int SYNTHETIC = 0x1000;

    record Field(String name, String descriptor, int flags) {
        boolean changeableStatic() {
            return Modifier.isStatic(flags) && !Modifier.isFinal(flags) && (flags & SYNTHETIC) == 0;
        }

        boolean publicArray() {
            return Modifier.isStatic(flags)
                    && Modifier.isPublic(flags)
                    && (flags & SYNTHETIC) == 0
                    && descriptor.startsWith("[");
        }
    }

    String packageName() {
        return name.substring(0, name.lastIndexOf('/'));
    }

    String simpleName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    boolean mentions(String prefix) {
        return texts.stream().anyMatch(t -> t.startsWith(prefix) || t.contains("L" + prefix));
    }

    static ClassFile read(InputStream stream) throws IOException {
        var in = new DataInputStream(stream);
        if (in.readInt() != 0xCAFEBABE) {
            throw new IOException("not a class file");
        }
        in.readInt();
        int size = in.readUnsignedShort();
        var utf8 = new String[size];
        var classes = new int[size];
        for (int i = 1; i < size; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> utf8[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipBytes(3);
                case 5, 6 -> {
                    in.readLong();
                    i++;
                }
                default -> in.readInt();
            }
        }
        in.readUnsignedShort();
        var name = utf8[classes[in.readUnsignedShort()]];
        in.readUnsignedShort();
        in.skipBytes(2 * in.readUnsignedShort());
        var fields = new ArrayList<Field>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            int flags = in.readUnsignedShort();
            fields.add(new Field(utf8[in.readUnsignedShort()], utf8[in.readUnsignedShort()], flags));
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.readUnsignedShort();
                in.skipNBytes(in.readInt());
            }
        }
        var texts = new ArrayList<String>();
        for (var text : utf8) {
            if (text != null) {
                texts.add(text);
            }
        }
        return new ClassFile(name, List.copyOf(texts), List.copyOf(fields));
    }
}
