package dev.unkai.launcher;

import java.util.ArrayList;
import java.util.List;

/**
 * An account that is made at the first start, and its log-in. Domain and project bear the same name for customers.
 *
 * @param evaluation whether it needs no second factor, so that {@code clouds.yaml} works by password
 */
record Person(
        String cloud,
        String domain,
        String project,
        String plan,
        String user,
        String password,
        List<String> roles,
        boolean evaluation) {
    /** @param samples whether this is for evaluation; without them the operator's account is one like any other */
    static List<Person> all(Settings secrets, boolean samples) {
        List<Person> people = new ArrayList<>();
        people.add(new Person(
                "operator",
                "Default",
                "operator",
                "shared",
                "operator",
                secrets.password("person.operator"),
                List.of("admin"),
                samples));
        if (samples) {
            people.add(customer("sample-shared", "shared", secrets));
            people.add(customer("sample-dedicated", "dedicated", secrets));
        }
        return List.copyOf(people);
    }

    private static Person customer(String name, String plan, Settings secrets) {
        return new Person(
                name,
                name,
                name,
                plan,
                "master",
                secrets.password("person." + name),
                List.of("member", "manager"),
                true);
    }

    @Override
    public String toString() {
        return user + "@" + domain;
    }
}
