package dev.unkai.cloud.breakglass;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the site's choice; a word that is none stops the start. */
@Configuration(proxyBeanMethods = false)
class BreakGlassConfiguration {
    @Bean
    BreakGlassSetting breakGlassSetting(@Value("${unkai.break-glass:required}") String word) {
        return BreakGlassSetting.parse(word);
    }
}
