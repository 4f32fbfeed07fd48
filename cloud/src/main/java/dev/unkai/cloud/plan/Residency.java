package dev.unkai.cloud.plan;

import java.util.Set;

/** In which countries the contract's data may be. */
public sealed interface Residency {
    boolean permits(String country);

    /** @param countries ISO 3166-1 alpha-2 codes, at least one */
    record Countries(Set<String> countries) implements Residency {
        public Countries {
            countries = Set.copyOf(countries);
        }

        @Override
        public boolean permits(String country) {
            return countries.contains(country);
        }
    }

    record Anywhere() implements Residency {
        @Override
        public boolean permits(String country) {
            return true;
        }
    }
}
