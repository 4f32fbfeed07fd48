/** What the provider tells its customers: written once in both languages, shown to whom it is for, corrected by new versions, never taken out of the register. */
@NullMarked
package dev.unkai.cloud.notice;

import org.jspecify.annotations.NullMarked;
