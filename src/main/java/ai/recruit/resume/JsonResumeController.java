package ai.recruit.resume;

import ai.recruit.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The parsed data in the shape that other programs exchange resumes in. */
@RestController
@Tag(name = "Resumes")
class JsonResumeController {

    private final Resumes resumes;

    JsonResumeController(Resumes resumes) {
        this.resumes = resumes;
    }

    @GetMapping(path = "/api/resumes/{id}/data", produces = JsonResume.MEDIA_TYPE)
    @Operation(
            summary = "What was read out of a resume",
            description =
                    "With Accept: " + JsonResume.MEDIA_TYPE + " as a JSON Resume document, schema v1.0.0 of"
                            + " jsonresume.org; once the resume is completed. Otherwise as the service's own JSON, at any time.")
    @ApiResponse(responseCode = "200", description = "The document")
    @ApiResponse(responseCode = "409", description = "The resume is not completed")
    Mono<JsonResume> export(@PathVariable String id, @Parameter(hidden = true) Caller caller) {
        return Mono.defer(() -> resumes.export(caller, id));
    }
}
