/** The certificates of the site: which there are, until when, how each is renewed, and alarms when one is not. */
@NullMarked
package dev.unkai.cloud.certificate;

import org.jspecify.annotations.NullMarked;
