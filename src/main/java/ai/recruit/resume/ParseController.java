package ai.recruit.resume;

import ai.recruit.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Parsing for clients that wait for the result. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Resume parsing")
class ParseController {

    private final Parsing parsing;

    ParseController(Parsing parsing) {
        this.parsing = parsing;
    }

    @PostMapping(path = "/resumes/parse", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Parse a resume and wait for the result",
            description = "The resume is stored and processed like any other; its part may have any name.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = Form.class))))
    @ApiResponse(responseCode = "200", description = "The parsed data")
    @ApiResponse(responseCode = "400", description = "TOO_LARGE, UNSUPPORTED_TYPE or INVALID_REQUEST, with the reason")
    @ApiResponse(responseCode = "503", description = "Not ready in time; the work goes on and the message names it")
    Mono<ResumeAnswers.Data> parse(
            @Parameter(hidden = true) @RequestBody Flux<PartEvent> parts,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, defaultValue = "-1")
                    long length,
            Caller caller) {
        return Mono.defer(() -> parsing.parse(caller, parts, length)).map(Parsing.Parsed::data);
    }

    @PostMapping("/resume/parse")
    @Operation(
            summary = "Fetch a resume from a public address, parse it and wait for the result",
            description =
                    "At most five redirects, 20 seconds and the size of an upload; private addresses are refused.")
    @ApiResponse(responseCode = "200", description = "The parsed data")
    @ApiResponse(responseCode = "400", description = "The address or the file cannot be used, with the reason")
    @ApiResponse(responseCode = "503", description = "Not ready in time; the work goes on and the message names it")
    Mono<Fetched> parseAddress(@RequestBody Address request, Caller caller) {
        return Mono.fromSupplier(() -> RemoteFiles.address(request.resumeUrl()))
                .flatMap(address -> parsing.parse(caller, address, request.candidateId()))
                .map(Fetched::of);
    }

    record Form(
            @Schema(type = "string", format = "binary") String file,
            @Nullable String candidateId) {}

    /**
     * @param resumeUrl http or https address of the file
     * @param candidateId one of the caller's own candidates, whom the resume is of
     */
    record Address(@Nullable String resumeUrl, @Nullable String candidateId) {}

    record Fetched(boolean success, Content data) {

        static Fetched of(Parsing.Parsed result) {
            ResumeAnswers.Data data = result.data();
            ParsedData parsed = Objects.requireNonNull(data.parsedData());
            return new Fetched(
                    true,
                    new Content(
                            true,
                            data.resumeId(),
                            data.candidateId(),
                            new Extracted(
                                    parsed.personalInfo().name(),
                                    parsed.personalInfo().email(),
                                    parsed.personalInfo().phone(),
                                    parsed.personalInfo().location(),
                                    parsed.experience(),
                                    parsed.education(),
                                    parsed.skills(),
                                    data.summary()),
                            data.parsingConfidence(),
                            result.at().truncatedTo(ChronoUnit.MILLIS)));
        }

        record Content(
                boolean parsed,
                String resumeId,
                @Nullable String candidateId,
                Extracted extractedData,
                @Nullable Double parsingConfidence,
                Instant parsedAt) {}

        record Extracted(
                @Nullable String fullName,
                @Nullable String email,
                @Nullable String phone,
                @Nullable String location,
                List<ParsedData.Experience> workExperience,
                List<ParsedData.Education> education,
                List<String> skills,
                @Nullable String summary) {}
    }
}
