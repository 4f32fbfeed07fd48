package dev.unkai.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.node.ImageAhead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesAheadTest {
    @TempDir
    private Path state;

    private final AtomicInteger fetches = new AtomicInteger();

    /** A fetch runs at once, in the thread that asks for it. */
    private ImagesAhead ahead(ImageSource source) throws IOException {
        return new ImagesAhead(
                new ImageCache(state, source, () -> Long.MAX_VALUE / 2, Set::of, Clock.systemUTC(), Runnable::run));
    }

    private static ImageAhead image(String content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(content.getBytes(StandardCharsets.UTF_8));
        return ImageAhead.newBuilder()
                .setImageId("one")
                .setImageSha512(HexFormat.of().formatHex(digest))
                .setImageSize(content.length())
                .build();
    }

    @Test
    void anImageOfThePlanIsFetchedOnceAndNamedAsInUseWhileThePlanHasIt() throws Exception {
        ImagesAhead ahead = ahead((id, sink) -> {
            fetches.incrementAndGet();
            sink.accept("content".getBytes(StandardCharsets.UTF_8));
        });
        ImageAhead image = image("content");

        ahead.apply(List.of(image));
        ahead.apply(List.of(image));

        assertThat(state.resolve("images").resolve(image.getImageSha512())).hasContent("content");
        assertThat(fetches).hasValue(1);
        assertThat(ahead.names()).containsExactly(image.getImageSha512());
        ahead.apply(List.of());
        assertThat(ahead.names()).isEmpty();
    }

    @Test
    void oneThatCannotBeFetchedHarmsNothing() throws Exception {
        ImagesAhead ahead = ahead((id, sink) -> {
            throw new IOException("The cloud is away");
        });

        ahead.apply(List.of(image("content")));

        assertThat(state.resolve("images")).isEmptyDirectory();
    }
}
