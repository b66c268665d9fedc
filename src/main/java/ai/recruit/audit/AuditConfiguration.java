package ai.recruit.audit;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import ai.recruit.kernel.SupervisedLoop;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {

    @Bean
    AccessRules auditAccess() {
        return AccessRules.of(
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/audit"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/audit/heads"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/audit/verify"));
    }

    @Bean
    SupervisedLoop auditSealing(Sealing sealing) {
        return new SupervisedLoop("audit-sealing", SupervisedLoop.SERVES_REQUESTS, stop -> sealing.sealing());
    }
}
