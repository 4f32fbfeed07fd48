/** Definitions of what images may carry: namespaces, objects, properties, tags, resource types (Image API v2 metadefs). */
@NullMarked
package dev.unkai.cloud.image.metadef;

import org.jspecify.annotations.NullMarked;
