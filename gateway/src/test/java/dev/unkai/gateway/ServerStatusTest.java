package dev.unkai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerStatusTest {
    /** As ocserv 1.1.6 writes it, commas included. */
    private static final String STATUS = """
            {"users":[
              {
                "ID":  23269,
                "Username":  "bob",
                "Remote IP":  "203.0.113.130",
                "IPv4":  "203.0.113.152",
                "RX":  "120",
                "TX":  "352",
                "Full session":  "MkkkqngfKyL/nFTi6isLdhV0E44=",
                "Routes":	["203.0.113.129/255.255.255.255"],
                "Restricted to ports":	[]
              },
              {
                "ID":  23270,
                "Username":  "(none)",
                "Remote IP":  "203.0.113.131",
                "Full session":  ""
              }
            ]
            ,"sessions":[
              {
                "Full session":  "MkkkqngfKyL/nFTi6isLdhV0E44=",
                "State":  "authenticated",
                "in_use":  1,
              },
              {
                "Full session":  "hJf1kxzzpI4xfE0l9QrMGUc5G4M=",
                "State":  "authenticated",
                "Remote IP":  "203.0.113.131",
                "in_use":  0,
              },
              {
                "Full session":  "unfinished",
                "State":  "pre-auth",
                "in_use":  0,
              }
            ]
            }
            """;

    @Test
    void whoIsConnectedAndWhoIsAwayIsRead() {
        assertThat(ServerStatus.read(STATUS))
                .containsExactlyInAnyOrder(
                        new Tunnel("MkkkqngfKyL/nFTi6isLdhV0E44=", "203.0.113.152", "203.0.113.130", 352, 120),
                        new Tunnel("hJf1kxzzpI4xfE0l9QrMGUc5G4M=", null, "203.0.113.131", 0, 0));
        assertThat(ServerStatus.read("{\"users\":[\n]\n,\"sessions\":[\n]\n}\n"))
                .isEmpty();
    }

    @Test
    void whatIsNoStatusIsNotTakenForNoTunnels() {
        for (String text : new String[] {"", "{}", "{\"users\":[", "{\"users\":[]}"}) {
            assertThatThrownBy(() -> ServerStatus.read(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
