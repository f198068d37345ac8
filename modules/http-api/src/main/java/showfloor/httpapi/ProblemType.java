package showfloor.httpapi;

/// A kind of problem. `/problems/{slug}` explains it to whoever meets it.
///
/// @param slug the last segment of the type's URL, in kebab case
/// @param title the same words for each problem of the type
/// @param status HTTP status
/// @param code machine code, where a problem gives none of its own
/// @param retryable whether the same request may succeed later
/// @param cause what leads to it
/// @param fix what to do about it
/// @param example a request that meets it
public record ProblemType(
    String slug,
    String title,
    int status,
    String code,
    boolean retryable,
    String cause,
    String fix,
    String example) {}
