/** Data for images that is fetched from the web, within bounds: which addresses, how long, how often sent on. */
@NullMarked
package dev.unkai.cloud.image.download;

import org.jspecify.annotations.NullMarked;
