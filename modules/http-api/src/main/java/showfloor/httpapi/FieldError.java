package showfloor.httpapi;

/// What is wrong with one member of a body or one query parameter.
///
/// @param pointer JSON Pointer (RFC 6901) into the body, `/dealers/3/email`; for a query parameter
///   its name with a `?` in front
/// @param code machine code: REQUIRED, TOO_LONG, TOO_SHORT, WRONG_TYPE, INVALID_TEXT,
///   INVALID_EMAIL, INVALID_DATE, INVALID_INSTANT, INVALID_ID, OUT_OF_RANGE, NOT_ALLOWED, TOO_MANY,
///   REPEATED, IMMUTABLE, UNKNOWN, or one of the domain
/// @param detail a sentence for people; never quotes a value
public record FieldError(String pointer, String code, String detail) {}
