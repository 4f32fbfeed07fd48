@NullMarked
package dev.unkai.cloud.network.ovn;

import org.jspecify.annotations.NullMarked;
