package dev.autopilot.integration.endpoint;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * An endpoint to make; also what may be changed about one, by merge patch, where a secret that is
 * left out stays as it is.
 *
 * @param name what its owner calls it
 */
public record NewEndpoint(
    @NotBlank @Size(max = 200) String name, @NotNull @Valid Verification verification) {}
