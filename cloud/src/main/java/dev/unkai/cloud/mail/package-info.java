@NullMarked
package dev.unkai.cloud.mail;

import org.jspecify.annotations.NullMarked;
