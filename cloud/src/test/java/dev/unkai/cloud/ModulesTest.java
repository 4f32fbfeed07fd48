package dev.unkai.cloud;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {
    @Test
    void modulesShowEachOtherOnlyTheirRootPackagesAndDependOnNobodyInACircle() {
        ApplicationModules.of(CloudApplication.class).verify();
    }
}
