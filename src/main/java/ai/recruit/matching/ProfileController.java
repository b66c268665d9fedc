package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Matching for the person who is signed in. */
@RestController
@RequestMapping("/api/v1/matching")
@Tag(name = "Matching")
class ProfileController {

    private static final int MOST_JOBS = 100;
    private static final int DEFAULT_JOBS = 20;
    private static final int LONGEST_ID = 100;

    private final MatchingProfiles profiles;
    private final Grading grading;

    ProfileController(MatchingProfiles profiles, MatchingProperties properties) {
        this.profiles = profiles;
        this.grading = properties.grading();
    }

    @GetMapping("/profile")
    @Operation(summary = "Your own profile for matching")
    @ApiResponse(responseCode = "200", description = "The profile")
    @ApiResponse(responseCode = "404", description = "There is none yet")
    Mono<ProfileResponse> get(@Parameter(hidden = true) Caller caller) {
        return profiles.get(caller).map(ProfileResponse::of);
    }

    @PutMapping("/profile")
    @Operation(
            summary = "Set your own profile for matching",
            description = "Replaces the one before; the same again changes nothing.")
    @ApiResponse(responseCode = "200", description = "The profile as it is now")
    @ApiResponse(responseCode = "400", description = "Fields are wrong; details says which")
    Mono<ProfileResponse> put(@RequestBody ProfileRequest profile, @Parameter(hidden = true) Caller caller) {
        return Mono.defer(() -> profiles.put(caller, profile.checked())).map(ProfileResponse::of);
    }

    @GetMapping("/jobs")
    @Operation(
            summary = "The jobs that fit your own profile best",
            description =
                    "As POST, out of all active jobs that name one of your skills or none at all. Of two with the same"
                            + " score the older one comes first.")
    @ApiResponse(responseCode = "200", description = "The matches; none when there are no such jobs")
    @ApiResponse(responseCode = "400", description = "limit is wrong")
    @ApiResponse(responseCode = "409", description = "You have no profile yet")
    Mono<JobMatches> best(
            @Parameter(description = "How many at most, 1 to 100; 20 without it")
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return Mono.defer(() -> profiles.best(caller, most(limit)))
                .map(found -> JobMatches.of(found, grading, headers));
    }

    private static int most(@Nullable String limit) {
        if (limit == null || limit.isBlank()) {
            return DEFAULT_JOBS;
        }
        int most = limit.strip().matches("\\d{1,3}") ? Integer.parseInt(limit.strip()) : 0;
        if (most < 1 || most > MOST_JOBS) {
            throw Problem.invalid("limit", "must be between 1 and " + MOST_JOBS);
        }
        return most;
    }

    @PostMapping("/jobs")
    @Operation(
            summary = "How jobs fit your own profile, best first",
            description = "1 to 100 jobs. For a candidate whose resume is known, that says what the profile does not."
                    + " Jobs that there are not are named in unknown_job_ids.")
    @ApiResponse(responseCode = "200", description = "The matches")
    @ApiResponse(responseCode = "400", description = "job_ids is wrong")
    @ApiResponse(responseCode = "404", description = "There is none of these jobs")
    @ApiResponse(responseCode = "409", description = "You have no profile yet")
    Mono<JobMatches> match(
            @RequestBody JobMatches.Request request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return Mono.defer(() -> {
                    FieldChecks checks = new FieldChecks();
                    List<String> ids = checks.texts("job_ids", request.jobIds(), MOST_JOBS, LONGEST_ID);
                    if (request.jobIds() == null || request.jobIds().isEmpty()) {
                        checks.reject("job_ids", "must hold between 1 and " + MOST_JOBS + " ids");
                    }
                    checks.verify();
                    return profiles.match(caller, ids);
                })
                .map(found -> JobMatches.of(found, grading, headers));
    }
}
