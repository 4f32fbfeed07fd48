/** Mails of a process: an outbox in its own database, a sender that takes them to a relay by SMTP, and what operators see of it. */
@NullMarked
package dev.unkai.web.mail;

import org.jspecify.annotations.NullMarked;
