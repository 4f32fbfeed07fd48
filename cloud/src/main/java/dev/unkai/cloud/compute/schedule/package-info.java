/** Servers that are started, stopped, rebooted or imaged on a calendar of their customer's. */
@NullMarked
package dev.unkai.cloud.compute.schedule;

import org.jspecify.annotations.NullMarked;
