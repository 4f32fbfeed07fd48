/** A small client of the Open vSwitch database protocol (RFC 7047). */
@NullMarked
package dev.unkai.cloud.network.ovsdb;

import org.jspecify.annotations.NullMarked;
