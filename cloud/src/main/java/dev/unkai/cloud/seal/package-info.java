/** The key under which the cloud's database keeps secrets: the same in every process, and in no database. */
@NullMarked
package dev.unkai.cloud.seal;

import org.jspecify.annotations.NullMarked;
