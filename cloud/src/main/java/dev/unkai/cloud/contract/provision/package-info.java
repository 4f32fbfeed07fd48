@NullMarked
package dev.unkai.cloud.contract.provision;

import org.jspecify.annotations.NullMarked;
