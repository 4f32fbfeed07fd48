@NullMarked
package dev.unkai.cloud.certificate.api;

import org.jspecify.annotations.NullMarked;
