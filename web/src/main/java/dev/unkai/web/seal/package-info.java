/** What lies sealed in a process's database is sealed anew when its key file was renewed. */
@NullMarked
package dev.unkai.web.seal;

import org.jspecify.annotations.NullMarked;
