/** A person's own mail address: asked for with a proof, shown to be read by a link. */
@NullMarked
package dev.unkai.identity.address;

import org.jspecify.annotations.NullMarked;
