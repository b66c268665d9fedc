package ai.recruit.web;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.kernel.BlockingBridge;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.webflux.api.OpenApiResource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.webjars.WebJarVersionLocator;
import reactor.core.publisher.Mono;

/**
 * The description of the API: OpenAPI 3.1 at {@code /openapi.json}, Swagger UI at {@code /docs}, ReDoc at
 * {@code /redoc}. Scripts and styles come out of WebJars. ReDoc's script asks for one picture from elsewhere, which
 * the content security policy stops.
 */
@RestController
@Hidden
class ApiDocumentation {

    private static final String REDOC_PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Recruit.ai API</title>
              <link rel="icon" href="data:,">
              <style>body { margin: 0 } a[href^="https://redocly.com"] { display: none }</style>
            </head>
            <body>
              <redoc spec-url="openapi.json" disable-google-font="true" hide-loading></redoc>
              <script src="webjars/redoc/%s/redoc.standalone.js"></script>
            </body>
            </html>
            """;

    private final String redocPage;

    ApiDocumentation() {
        String version = new WebJarVersionLocator().version("redoc");
        this.redocPage = REDOC_PAGE.formatted(version == null ? "" : version);
    }

    @GetMapping(path = "/redoc", produces = MediaType.TEXT_HTML_VALUE)
    Mono<String> redoc() {
        return Mono.just(redocPage);
    }

    @Configuration(proxyBeanMethods = false)
    static class Description {

        @Bean
        OpenAPI openApi() {
            return new OpenAPI()
                    .info(new Info()
                            .title("Recruit.ai")
                            .version("v1")
                            .description(
                                    "Resumes in, live progress out, candidates matched with jobs and told why. Lists"
                                            + " answer `application/json` (a page), `application/x-ndjson` (all rows)"
                                            + " or `text/event-stream` (all rows, then live changes), as `Accept`"
                                            + " says. Errors have one shape everywhere."))
                    .servers(List.of(new Server().url("/").description("This server")))
                    .components(new Components()
                            .addSecuritySchemes(
                                    "bearer",
                                    new SecurityScheme()
                                            .type(SecurityScheme.Type.HTTP)
                                            .scheme("bearer")
                                            .bearerFormat("JWT"))
                            .addSecuritySchemes(
                                    "key",
                                    new SecurityScheme()
                                            .type(SecurityScheme.Type.APIKEY)
                                            .in(SecurityScheme.In.HEADER)
                                            .name("X-API-Key")))
                    .addSecurityItem(new SecurityRequirement().addList("bearer"))
                    .addSecurityItem(new SecurityRequirement().addList("key"));
        }

        @Bean
        ModelResolver modelResolver() {
            return new RecordSchemas();
        }

        /** Springdoc reads class files for the first answer, which an event loop must not wait for. */
        @Bean
        WebFluxConfigurer descriptionOffTheEventLoop(BlockingBridge bridge) {
            return new WebFluxConfigurer() {
                @Override
                public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
                    configurer
                            .setControllerMethodPredicate(
                                    method -> OpenApiResource.class.isAssignableFrom(method.getBeanType()))
                            .setExecutor(bridge.files()::execute);
                }
            };
        }

        @Bean
        AccessRules documentationRules() {
            return AccessRules.of(
                    AccessRule.anonymous(HttpMethod.GET, "/openapi.json"),
                    AccessRule.anonymous(HttpMethod.GET, "/openapi.json/**"),
                    AccessRule.anonymous(HttpMethod.GET, "/openapi.json.yaml"),
                    AccessRule.anonymous(HttpMethod.GET, "/docs"),
                    AccessRule.anonymous(HttpMethod.GET, "/docs/**"),
                    AccessRule.anonymous(HttpMethod.GET, "/swagger-ui/**"),
                    AccessRule.anonymous(HttpMethod.GET, "/redoc"),
                    AccessRule.anonymous(HttpMethod.GET, "/webjars/**"));
        }
    }
}
