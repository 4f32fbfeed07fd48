/** The compute part of the service API: what the Compute API has no words for. */
@NullMarked
package dev.unkai.cloud.compute.service;

import org.jspecify.annotations.NullMarked;
