package dev.unkai.launcher;

import java.util.ArrayList;
import java.util.List;

/** An account that is made at the first start, and its log-in. Domain and project bear the same name for customers. */
record Person(
        String cloud, String domain, String project, String plan, String user, String password, List<String> roles) {
    static List<Person> all(Settings secrets, boolean samples) {
        List<Person> people = new ArrayList<>();
        people.add(new Person(
                "operator",
                "Default",
                "operator",
                "shared",
                "operator",
                secrets.password("person.operator"),
                List.of("admin")));
        if (samples) {
            people.add(customer("sample-shared", "shared", secrets));
            people.add(customer("sample-dedicated", "dedicated", secrets));
        }
        return List.copyOf(people);
    }

    private static Person customer(String name, String plan, Settings secrets) {
        return new Person(
                name, name, name, plan, "master", secrets.password("person." + name), List.of("member", "manager"));
    }

    @Override
    public String toString() {
        return user + "@" + domain;
    }
}
