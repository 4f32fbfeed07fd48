@NullMarked
package dev.unkai.cloud.network.ovsdb;

import org.jspecify.annotations.NullMarked;
