@NullMarked
package dev.unkai.cloud.notice.store;

import org.jspecify.annotations.NullMarked;
