@NullMarked
package dev.unkai.cloud.notice.api;

import org.jspecify.annotations.NullMarked;
