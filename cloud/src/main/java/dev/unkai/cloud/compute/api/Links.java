package dev.unkai.cloud.compute.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Addresses of things in answers. */
@Component
class Links {
    private final String root;

    Links(@Value("${unkai.public-url}") String publicUrl) {
        this.root = publicUrl.replaceAll("/+$", "");
    }

    /** {@code …/compute/v2.1/path}. */
    String self(String path) {
        return root + "/compute/v2.1/" + path;
    }

    /** {@code …/compute/}. */
    String base() {
        return root + "/compute/";
    }

    /** Where the image service has the image. */
    String image(Object id) {
        return root + "/image/v2/images/" + id;
    }

    String placement() {
        return root + "/placement";
    }

    /** The same without a version, which stays true longer. */
    String bookmark(String path) {
        return root + "/compute/" + path;
    }

    /** The {@code links} of a resource. */
    List<Map<String, String>> of(String path) {
        return List.of(link("self", self(path)), link("bookmark", bookmark(path)));
    }

    /** The {@code links} of an image, with its address in the Image API. */
    List<Map<String, String>> ofImage(String id) {
        return List.of(
                link("self", self("images/" + id)),
                link("bookmark", bookmark("images/" + id)),
                Map.of(
                        "rel",
                        "alternate",
                        "type",
                        "application/vnd.openstack.image",
                        "href",
                        root + "/image/images/" + id));
    }

    List<Map<String, String>> bookmarkOnly(String path) {
        return List.of(link("bookmark", bookmark(path)));
    }

    /** The {@code …_links} of a page that another may follow. */
    List<Map<String, String>> next(String path, Query query, String marker) {
        Map<String, String> parameters = new TreeMap<>(query.all());
        parameters.put("marker", marker);
        StringBuilder address = new StringBuilder(self(path));
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            address.append(separator)
                    .append(URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return List.of(link("next", address.toString()));
    }

    /** A name as a part of an address. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> link(String relation, String address) {
        return Map.of("rel", relation, "href", address);
    }
}
