package ai.recruit;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModuleTests {

    @Test
    void modulesKeepToTheirDeclaredDependencies() {
        ApplicationModules.of(RecruitApplication.class).verify();
    }
}
