/** What all documents on paper have: their letters and the line below their pages. */
@NullMarked
package dev.unkai.cloud.paper;

import org.jspecify.annotations.NullMarked;
