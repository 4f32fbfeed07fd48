package dev.unkai.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

class PlainMapsTest {
    private record Port(UUID id, Map<String, Integer> rates) {}

    @Test
    void writesWhatJacksonWrites() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", "\"雲海\" \n\u0001");
        body.put("id", new UUID(1, 2));
        body.put("none", null);
        body.put("numbers", List.of(1, 2L, 3.5, new BigDecimal("4.50")));
        body.put("truth", true);
        body.put("days", Map.of(DayOfWeek.FRIDAY, DayOfWeek.MONDAY));
        body.put("by number", Map.of(7, "seven"));
        body.put("nested", new ArrayList<>(Arrays.asList(Map.of("a", List.of(Map.of())), null, Set.of("x"))));
        body.put("record", new Port(new UUID(3, 4), Map.of("in", 5)));

        JsonMapper ours = JsonMapper.builder()
                .addModule(new SimpleModule().addSerializer(PlainMaps.TYPE, new PlainMaps()))
                .build();
        assertThat(ours.writeValueAsString(body))
                .isEqualTo(JsonMapper.builder().build().writeValueAsString(body));
        assertThat(ours.writeValueAsString(new Port(new UUID(3, 4), null)))
                .isEqualTo("{\"id\":\"00000000-0000-0003-0000-000000000004\",\"rates\":null}");
    }
}
