@NullMarked
package dev.unkai.web;

import org.jspecify.annotations.NullMarked;
