@NullMarked
package dev.unkai.identity.project;

import org.jspecify.annotations.NullMarked;
