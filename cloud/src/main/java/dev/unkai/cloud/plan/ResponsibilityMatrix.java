package dev.unkai.cloud.plan;

import java.util.List;

/**
 * Who answers for which layer of the service: each layer has one cell for each party, in the parties' order.
 *
 * @param layers from what the customer sees to what carries it all
 */
public record ResponsibilityMatrix(List<Party> parties, List<Layer> layers) {
    public ResponsibilityMatrix {
        parties = List.copyOf(parties);
        layers = List.copyOf(layers);
    }

    /** @param id lower-case letters, digits and hyphens */
    public record Party(String id, Words name) {}

    /** @param cells one for each party, in the parties' order */
    public record Layer(String id, Words name, List<Cell> cells) {
        public Layer {
            cells = List.copyOf(cells);
        }
    }

    /** @param text what exactly the party does here, or why it has no part in it */
    public record Cell(Share share, Words text) {}

    /** How much of a layer a party answers for. */
    public enum Share {
        WHOLE,
        PART,
        NONE
    }
}
