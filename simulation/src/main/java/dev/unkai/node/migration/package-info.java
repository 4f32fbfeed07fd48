/** The simulation's way into the node's migrations. */
package dev.unkai.node.migration;
