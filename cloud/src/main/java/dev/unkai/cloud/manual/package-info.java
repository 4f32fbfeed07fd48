/** The manual of the version that runs, as a file to keep. The console has the same text built in. */
@NullMarked
package dev.unkai.cloud.manual;

import org.jspecify.annotations.NullMarked;
