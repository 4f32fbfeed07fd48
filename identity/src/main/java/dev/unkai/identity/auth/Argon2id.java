package dev.unkai.identity.auth;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * Argon2id, version 1.3, one lane (RFC 9106), with its working memory outside the Java heap and used again: a hash's
 * 19 MiB on the heap would need a heap three times as large as the whole process does, or be one full collection each.
 * Not thread-safe; each object is one workplace.
 */
final class Argon2id {
    private static final int BLOCK_LONGS = 128;
    private static final int BLOCK_BYTES = 1_024;
    private static final int SLICES = 4;
    private static final int VERSION = 0x13;
    private static final int TYPE_ID = 2;
    private static final long LOW = 0xFFFF_FFFFL;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int blocks;
    private final int sliceBlocks;
    private final int passes;
    private final MemorySegment memory;
    private final long[] mixed = new long[BLOCK_LONGS];
    private final long[] worked = new long[BLOCK_LONGS];
    private final long[] before = new long[BLOCK_LONGS];
    private final long[] addresses = new long[BLOCK_LONGS];
    private final long[] addressInput = new long[BLOCK_LONGS];

    /** @param memoryKib a multiple of 4, at least 8 */
    Argon2id(int memoryKib, int passes) {
        if (memoryKib < 8 || memoryKib % SLICES != 0 || passes < 1) {
            throw new IllegalArgumentException("memory " + memoryKib + " KiB, passes " + passes);
        }
        this.blocks = memoryKib;
        this.sliceBlocks = memoryKib / SLICES;
        this.passes = passes;
        this.memory = Arena.ofAuto().allocate((long) memoryKib * BLOCK_BYTES, 64);
    }

    /** The tag of {@code length} bytes. The password is wiped from the working memory before it returns. */
    byte[] hash(byte[] password, byte[] salt, int length) {
        byte[] seed = seed(password, salt, length);
        for (int block = 0; block < 2; block++) {
            byte[] first = longHash(concat(seed, littleEndian(block), littleEndian(0)), BLOCK_BYTES);
            MemorySegment.copy(first, 0, memory, ValueLayout.JAVA_BYTE, (long) block * BLOCK_BYTES, BLOCK_BYTES);
        }
        for (int pass = 0; pass < passes; pass++) {
            for (int slice = 0; slice < SLICES; slice++) {
                fill(pass, slice);
            }
        }
        byte[] last =
                memory.asSlice((long) (blocks - 1) * BLOCK_BYTES, BLOCK_BYTES).toArray(ValueLayout.JAVA_BYTE);
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(mixed, 0);
        Arrays.fill(worked, 0);
        Arrays.fill(before, 0);
        memory.fill((byte) 0);
        return longHash(last, length);
    }

    /** H0 (section 3.2 step 1). */
    private byte[] seed(byte[] password, byte[] salt, int length) {
        return blake2b(
                64,
                littleEndian(1),
                littleEndian(length),
                littleEndian(blocks),
                littleEndian(passes),
                littleEndian(VERSION),
                littleEndian(TYPE_ID),
                littleEndian(password.length),
                password,
                littleEndian(salt.length),
                salt,
                littleEndian(0),
                littleEndian(0));
    }

    private void fill(int pass, int slice) {
        // The first half of the first pass looks where the password does not decide: no side channel (section 3.4.1.3).
        boolean independent = pass == 0 && slice < SLICES / 2;
        if (independent) {
            Arrays.fill(addressInput, 0);
            addressInput[0] = pass;
            addressInput[2] = slice;
            addressInput[3] = blocks;
            addressInput[4] = passes;
            addressInput[5] = TYPE_ID;
        }
        for (int index = 0; index < sliceBlocks; index++) {
            if (independent && index % BLOCK_LONGS == 0) {
                nextAddresses();
            }
            if (pass == 0 && slice == 0 && index < 2) {
                continue;
            }
            int current = slice * sliceBlocks + index;
            int previous = current == 0 ? blocks - 1 : current - 1;
            long random =
                    independent ? addresses[index % BLOCK_LONGS] : memory.get(WORD, (long) previous * BLOCK_BYTES);
            compress(previous, reference(pass, slice, index, random & LOW), current, pass > 0);
        }
    }

    /** Which earlier block is mixed in (section 3.4.2, one lane). */
    private int reference(int pass, int slice, int index, long random) {
        long area = pass == 0 ? (long) slice * sliceBlocks + index - 1 : (long) blocks - sliceBlocks + index - 1;
        long position = area - 1 - ((area * ((random * random) >>> 32)) >>> 32);
        long start = pass == 0 || slice == SLICES - 1 ? 0 : (long) (slice + 1) * sliceBlocks;
        return (int) ((start + position) % blocks);
    }

    private void nextAddresses() {
        addressInput[6]++;
        System.arraycopy(addressInput, 0, addresses, 0, BLOCK_LONGS);
        for (int time = 0; time < 2; time++) {
            System.arraycopy(addresses, 0, mixed, 0, BLOCK_LONGS);
            permute(addresses);
            for (int i = 0; i < BLOCK_LONGS; i++) {
                addresses[i] ^= mixed[i];
            }
        }
    }

    /** The compression function G of two blocks into a third (section 3.5). */
    private void compress(int previous, int reference, int current, boolean again) {
        long from = (long) previous * BLOCK_BYTES;
        long with = (long) reference * BLOCK_BYTES;
        long to = (long) current * BLOCK_BYTES;
        // Whole blocks go to arrays and back: by the JVM's quick compiler (-XX:TieredStopAtLevel=1), which identity
        // runs
        // with, access word by word made a hash three times as slow.
        MemorySegment.copy(memory, WORD, from, worked, 0, BLOCK_LONGS);
        MemorySegment.copy(memory, WORD, with, mixed, 0, BLOCK_LONGS);
        for (int i = 0; i < BLOCK_LONGS; i++) {
            worked[i] ^= mixed[i];
        }
        System.arraycopy(worked, 0, mixed, 0, BLOCK_LONGS);
        if (again) {
            MemorySegment.copy(memory, WORD, to, before, 0, BLOCK_LONGS);
            for (int i = 0; i < BLOCK_LONGS; i++) {
                mixed[i] ^= before[i];
            }
        }
        permute(worked);
        for (int i = 0; i < BLOCK_LONGS; i++) {
            worked[i] ^= mixed[i];
        }
        MemorySegment.copy(worked, 0, memory, WORD, to, BLOCK_LONGS);
    }

    /** P over the rows, then over the columns, of an 8 by 8 matrix of 16-byte registers (section 3.5). */
    private static void permute(long[] block) {
        for (int row = 0; row < BLOCK_LONGS; row += 16) {
            round(block, row, 2);
        }
        for (int column = 0; column < 16; column += 2) {
            round(block, column, 16);
        }
    }

    /** Section 3.6: registers of two words each, {@code stride} words apart. */
    private static void round(long[] v, int at, int stride) {
        int r1 = at + stride;
        int r2 = r1 + stride;
        int r3 = r2 + stride;
        int r4 = r3 + stride;
        int r5 = r4 + stride;
        int r6 = r5 + stride;
        int r7 = r6 + stride;
        quarter(v, at, r2, r4, r6);
        quarter(v, at + 1, r2 + 1, r4 + 1, r6 + 1);
        quarter(v, r1, r3, r5, r7);
        quarter(v, r1 + 1, r3 + 1, r5 + 1, r7 + 1);
        quarter(v, at, r2 + 1, r5, r7 + 1);
        quarter(v, at + 1, r3, r5 + 1, r6);
        quarter(v, r1, r3 + 1, r4, r6 + 1);
        quarter(v, r1 + 1, r2, r4 + 1, r7);
    }

    private static void quarter(long[] v, int ia, int ib, int ic, int id) {
        long a = v[ia];
        long b = v[ib];
        long c = v[ic];
        long d = v[id];
        a += b + 2 * (a & LOW) * (b & LOW);
        d = Long.rotateRight(d ^ a, 32);
        c += d + 2 * (c & LOW) * (d & LOW);
        b = Long.rotateRight(b ^ c, 24);
        a += b + 2 * (a & LOW) * (b & LOW);
        d = Long.rotateRight(d ^ a, 16);
        c += d + 2 * (c & LOW) * (d & LOW);
        b = Long.rotateRight(b ^ c, 63);
        v[ia] = a;
        v[ib] = b;
        v[ic] = c;
        v[id] = d;
    }

    /** H', the hash of any length (section 3.3). */
    private static byte[] longHash(byte[] input, int length) {
        if (length <= 64) {
            return blake2b(length, littleEndian(length), input);
        }
        byte[] out = new byte[length];
        byte[] part = blake2b(64, littleEndian(length), input);
        int done = 0;
        while (length - done > 64) {
            System.arraycopy(part, 0, out, done, 32);
            done += 32;
            part = blake2b(Math.min(64, length - done), part);
        }
        System.arraycopy(part, 0, out, done, length - done);
        return out;
    }

    private static byte[] blake2b(int length, byte[]... parts) {
        Blake2bDigest digest = new Blake2bDigest(length * 8);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[length];
        digest.doFinal(out, 0);
        return out;
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
