/** What has changed here, for cloud, which tells it to whoever looks at it. */
@NullMarked
package dev.unkai.identity.follow;

import org.jspecify.annotations.NullMarked;
