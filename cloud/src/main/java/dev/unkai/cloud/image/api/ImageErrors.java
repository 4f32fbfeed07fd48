package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.web.FaultShape;
import dev.unkai.web.SharedErrors;
import dev.unkai.web.StatusPage;
import dev.unkai.web.UnknownAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The shape of errors of the Image API: a small HTML page with the status, or JSON for those who ask for it alone. */
@RestControllerAdvice(basePackages = "dev.unkai.cloud.image")
@Order(0)
final class ImageErrors {
    @ExceptionHandler
    ResponseEntity<byte[]> anything(Exception failure, HttpServletRequest request) {
        return answer(failure, request);
    }

    /** Bean: unknown addresses have the same shape; a method that an address does not know is told which ones it does. */
    @Bean
    static UnknownAddress unknownImageAddress() {
        return new UnknownAddress("/image/", ImageErrors::answer);
    }

    @Bean
    static FaultShape imageFault() {
        return new FaultShape("/image/", (refusal, request) -> StatusPage.of(refusal, request, new HttpHeaders()));
    }

    private static ResponseEntity<byte[]> answer(Exception failure, HttpServletRequest request) {
        Refusal refusal = SharedErrors.asRefusal(failure);
        HttpHeaders headers = new HttpHeaders();
        if (refusal.kind() == Refusal.Kind.UNSUPPORTED_TYPE) {
            headers.set("Accept-Patch", ImagePatch.V2_0 + ", " + ImagePatch.V2_1);
        }
        if (failure instanceof HttpRequestMethodNotSupportedException other
                && other.getSupportedHttpMethods() != null) {
            headers.set(
                    HttpHeaders.ALLOW,
                    String.join(
                            ", ",
                            other.getSupportedHttpMethods().stream()
                                    .map(HttpMethod::name)
                                    .toList()));
        }
        return StatusPage.of(refusal, request, headers);
    }
}
