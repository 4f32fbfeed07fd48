/** What the code of an API says of it beyond its types, for its description (OpenAPI); the tests make that from the code. */
@NullMarked
package dev.unkai.base.openapi;

import org.jspecify.annotations.NullMarked;
