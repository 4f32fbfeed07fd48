/** Log-ins on this machine, told to the cloud. */
@NullMarked
package dev.unkai.node.login;

import org.jspecify.annotations.NullMarked;
