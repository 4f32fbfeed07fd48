package dev.unkai.identity.auth;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Argon2id, version 1.3, one lane (RFC 9106), by the reference implementation's own library ({@code libargon2.so.1}), whose
 * working memory is outside the Java heap and given back after each hash.
 */
final class Argon2id {
    private static final String LIBRARY = "libargon2.so.1";
    private static final MethodHandle HASH_RAW = bind();

    private final int memoryKib;
    private final int passes;

    /** @param memoryKib at least 8 */
    Argon2id(int memoryKib, int passes) {
        if (memoryKib < 8 || passes < 1) {
            throw new IllegalArgumentException("memory " + memoryKib + " KiB, passes " + passes);
        }
        this.memoryKib = memoryKib;
        this.passes = passes;
    }

    /** The tag of {@code length} bytes. The password is wiped from the native memory, and {@code password} itself too. */
    byte[] hash(byte[] password, byte[] salt, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment secret = arena.allocate(Math.max(1, password.length));
            MemorySegment.copy(password, 0, secret, ValueLayout.JAVA_BYTE, 0, password.length);
            MemorySegment tag = arena.allocate(length);
            int error = (int) HASH_RAW.invokeExact(
                    passes,
                    memoryKib,
                    1,
                    secret,
                    (long) password.length,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, salt),
                    (long) salt.length,
                    tag,
                    (long) length);
            secret.fill((byte) 0);
            if (error != 0) {
                throw new IllegalStateException(LIBRARY + " answers error " + error);
            }
            return tag.toArray(ValueLayout.JAVA_BYTE);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** {@code int argon2id_hash_raw(t_cost, m_cost, parallelism, pwd, pwdlen, salt, saltlen, hash, hashlen)} of argon2.h. */
    private static MethodHandle bind() {
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(LIBRARY + " is missing; install the package libargon2-1", e);
        }
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find("argon2id_hash_raw").orElseThrow(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG));
    }
}
