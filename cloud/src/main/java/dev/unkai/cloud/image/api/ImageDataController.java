package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.Status;
import dev.unkai.cloud.image.store.ImageFiles;
import dev.unkai.cloud.image.work.ImageCatalog;
import dev.unkai.cloud.image.work.ImageUploads;
import dev.unkai.cloud.image.work.ImageUploads.Announced;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Image API v2: the data of an image, streamed in and out. */
@RestController
@RequestMapping("/image/v2/images/{id}/file")
final class ImageDataController {
    /** RFC 9530: {@code sha-512=:base64:}. */
    private static final Pattern SHA_512 = Pattern.compile("(?:^|[ ,])sha-512=:([A-Za-z0-9+/=]+):");

    private final ImageCatalog catalog;
    private final ImageUploads uploads;
    private final ImageFiles files;

    ImageDataController(ImageCatalog catalog, ImageUploads uploads, ImageFiles files) {
        this.catalog = catalog;
        this.uploads = uploads;
        this.files = files;
    }

    /** Besides what the reference knows, a {@code Content-Digest} or {@code Content-MD5} of the data is verified. */
    @Allow("image:image:upload")
    @PutMapping
    ResponseEntity<Void> upload(Caller caller, @PathVariable String id, HttpServletRequest request) throws IOException {
        uploads.upload(caller, Bodies.imageId(id), request.getInputStream(), announced(request));
        return ResponseEntity.noContent().build();
    }

    /** What the headers say of the data; throws a refusal when it is not announced as mere bytes. */
    static Announced announced(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.strip().toLowerCase(java.util.Locale.ROOT).startsWith("application/octet-stream")) {
            throw new Refusal(
                    Refusal.Kind.UNSUPPORTED_TYPE,
                    "UnsupportedMediaType",
                    "Send image data as application/octet-stream.");
        }
        return new Announced(
                request.getContentLengthLong(),
                request.getHeader("Expect") != null,
                hex(request.getHeader("Content-MD5")),
                hex(sha512(request.getHeader("Content-Digest"))));
    }

    /** The whole data or one range of it; 204 while there is none. */
    @Allow("image:image:download")
    @GetMapping
    ResponseEntity<Resource> download(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Range", required = false) @Nullable String range) {
        if (range != null && range.contains(",")) {
            throw Refusal.invalid(
                    "Requests with multiple ranges are not supported. Make several requests of one range each.");
        }
        Image image = catalog.toDownload(caller, Bodies.imageId(id));
        if (image.status() == Status.DEACTIVATED && !caller.isAdmin()) {
            throw Refusal.forbidden("The requested image has been deactivated. Image data download is forbidden.");
        }
        if (!image.status().isWhole()) {
            return ResponseEntity.noContent().build();
        }
        FileSystemResource file = new FileSystemResource(files.file(image.fileName()));
        if (!file.exists()) {
            throw Refusal.unavailable(
                    "The data of image " + id + " cannot be reached right now. Try again in a moment.");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-MD5", Objects.requireNonNullElse(image.checksum(), ""))
                .body(file);
    }

    private static @Nullable String sha512(@Nullable String digests) {
        Matcher found = digests == null ? null : SHA_512.matcher(digests);
        return found != null && found.find() ? found.group(1) : null;
    }

    private static @Nullable String hex(@Nullable String base64) {
        if (base64 == null) {
            return null;
        }
        if (base64.matches("[0-9a-fA-F]{32}")) {
            return base64; // as the reference writes Content-MD5
        }
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The announced checksum is not base64 text.");
        }
    }
}
