package showfloor.httpapi;

import java.util.List;

/// The kinds of problems that any route may report.
public final class ProblemTypes {
  public static final ProblemType BAD_REQUEST =
      new ProblemType(
          "bad-request",
          "Bad request",
          400,
          "BAD_REQUEST",
          false,
          "The request breaks a rule of HTTP or of this API; the detail says which.",
          "Change the request as the detail says.",
          "GET /api/dealers with the header If-Match: 12 instead of If-Match: \"12\"");
  public static final ProblemType MALFORMED_JSON =
      new ProblemType(
          "malformed-json",
          "Malformed JSON",
          400,
          "MALFORMED_JSON",
          false,
          "The body is empty, is no JSON object, repeats a member, nests deeper than 64 levels, holds"
              + " more values than the route reads, or goes on after its end.",
          "Send one JSON object in UTF-8, a long list in parts. The detail says what is wrong and"
              + " where.",
          "POST /api/dealers with the body {\"companyName\": \"Acme\",}");
  public static final ProblemType VALIDATION_FAILED =
      new ProblemType(
          "validation-failed",
          "Validation failed",
          400,
          "VALIDATION_FAILED",
          false,
          "One or more members of the body, or parameters of the query, are missing, unknown, too"
              + " long, of the wrong type, or out of range.",
          "Look at errors: each has a pointer to the member, a code and a sentence.",
          "POST /api/dealers with the body {\"companyName\": \"\"}");
  public static final ProblemType INVALID_CURSOR =
      new ProblemType(
          "invalid-cursor",
          "Invalid cursor",
          400,
          "INVALID_CURSOR",
          false,
          "The cursor was cut, changed, or made by another version of the service.",
          "Start again without a cursor, and pass pagination.nextCursor on unchanged.",
          "GET /api/dealers?cursor=abc");
  public static final ProblemType CURSOR_MISMATCH =
      new ProblemType(
          "cursor-mismatch",
          "Cursor of another list",
          400,
          "CURSOR_MISMATCH",
          false,
          "The cursor belongs to a list with other filters or another order.",
          "Keep filters and order while paging, or start again without a cursor.",
          "GET /api/dealers?status=Active&cursor=… with a cursor of GET /api/dealers");
  public static final ProblemType UNAUTHORIZED =
      new ProblemType(
          "unauthorized",
          "Not signed in",
          401,
          "UNAUTHORIZED",
          false,
          "The header Authorization: Bearer is missing, or its token is unknown, expired or"
              + " revoked.",
          "Sign in with POST /api/auth/login and send the token that it returns.",
          "GET /api/dealers without the header Authorization");
  public static final ProblemType FORBIDDEN =
      new ProblemType(
          "forbidden",
          "Not allowed",
          403,
          "FORBIDDEN",
          false,
          "Your role does not allow this.",
          "Ask an owner of your company.",
          "POST /api/auth/users as a member");
  public static final ProblemType SUBSCRIPTION_REQUIRED =
      new ProblemType(
          "subscription-required",
          "Subscription required",
          403,
          "SUBSCRIPTION_REQUIRED",
          false,
          "Your company has no access at the moment; reason says why.",
          "Subscribe or renew. Export and erasure stay open.",
          "GET /api/dealers without an active subscription");
  public static final ProblemType NOT_FOUND =
      new ProblemType(
          "not-found",
          "Not found",
          404,
          "NOT_FOUND",
          false,
          "The path does not exist, or the id in it is unknown, deleted, or of another company: the"
              + " answer is the same for all of them.",
          "Check the path and the id.",
          "GET /api/dealers/00000000-0000-7000-8000-000000000000");
  public static final ProblemType METHOD_NOT_ALLOWED =
      new ProblemType(
          "method-not-allowed",
          "Method not allowed",
          405,
          "METHOD_NOT_ALLOWED",
          false,
          "The path exists, but not with this method.",
          "Use one of the methods in the header Allow.",
          "DELETE /api/dealers");
  public static final ProblemType CONFLICT =
      new ProblemType(
          "conflict",
          "Conflict",
          409,
          "CONFLICT",
          false,
          "The request contradicts what is stored, or ran into another one on the same data; the"
              + " code says which.",
          "Read the current state and decide again; where retryable is true, send it again.",
          "POST /api/auth/register with an e-mail address that is taken");
  public static final ProblemType IDEMPOTENCY_IN_FLIGHT =
      new ProblemType(
          "idempotency-in-flight",
          "Still running",
          409,
          "IDEMPOTENCY_IN_FLIGHT",
          true,
          "A request with the same Idempotency-Key is being worked on.",
          "Wait as long as Retry-After says, then send it again.",
          "Two POST /api/dealers at once with the same Idempotency-Key");
  public static final ProblemType PRECONDITION_FAILED =
      new ProblemType(
          "precondition-failed",
          "Changed meanwhile",
          412,
          "PRECONDITION_FAILED",
          false,
          "The version in If-Match is not the current one: someone else changed it.",
          "Compare current and yours field by field, then send the result with the new ETag.",
          "PUT /api/dealers/{id} with If-Match: \"3\" while the version is 4");
  public static final ProblemType PAYLOAD_TOO_LARGE =
      new ProblemType(
          "payload-too-large",
          "Body too large",
          413,
          "PAYLOAD_TOO_LARGE",
          false,
          "The body is longer than this route accepts; the detail gives the limit.",
          "Send less at once: split an import, shrink a picture.",
          "POST /api/dealers with a body of 2 MiB");
  public static final ProblemType URI_TOO_LONG =
      new ProblemType(
          "uri-too-long",
          "Address too long",
          414,
          "URI_TOO_LONG",
          false,
          "Path and query are longer than the server reads.",
          "Shorten the query.",
          "GET /api/dealers?search= followed by 10,000 letters");
  public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
      new ProblemType(
          "unsupported-media-type",
          "Unsupported media type",
          415,
          "UNSUPPORTED_MEDIA_TYPE",
          false,
          "Content-Type is missing or not one that this route reads, or the body is compressed.",
          "Send the Content-Type that the API description names, and no Content-Encoding.",
          "POST /api/dealers with Content-Type: text/plain");
  public static final ProblemType IDEMPOTENCY_KEY_REUSED =
      new ProblemType(
          "idempotency-key-reused",
          "Idempotency-Key used before",
          422,
          "IDEMPOTENCY_KEY_REUSED",
          false,
          "The same Idempotency-Key came with another body, path or user within 24 hours.",
          "Make a new key for each new intent; repeat a key only with the same request.",
          "Two POST /api/dealers with one Idempotency-Key and different bodies");
  public static final ProblemType QUOTA_EXCEEDED =
      new ProblemType(
          "quota-exceeded",
          "Too many requests",
          429,
          "QUOTA_EXCEEDED",
          true,
          "Your company, or this address or account, sent more requests than its share.",
          "Wait as long as Retry-After says. RateLimit shows what is left.",
          "2,000 GET /api/dealers within a second");
  public static final ProblemType INTERNAL_ERROR =
      new ProblemType(
          "internal-error",
          "Internal error",
          500,
          "INTERNAL_ERROR",
          false,
          "A defect of the service. It is in our log under the request id.",
          "Report the request id. Sending a write again may repeat it, unless it has an"
              + " Idempotency-Key.",
          "None is known, or it would have been repaired");
  public static final ProblemType TEMPORARY_REDUCED_CAPACITY =
      new ProblemType(
          "temporary-reduced-capacity",
          "Temporarily reduced capacity",
          503,
          "TEMPORARY_REDUCED_CAPACITY",
          true,
          "The service is busy and refused before doing anything, to keep the wait short for all.",
          "Wait as long as Retry-After says, then send it again.",
          "GET /api/dealers during a rush");
  public static final ProblemType SERVICE_UNAVAILABLE =
      new ProblemType(
          "service-unavailable",
          "Service unavailable",
          503,
          "SERVICE_UNAVAILABLE",
          true,
          "The database can't be reached, or the service is stopping.",
          "Try again in a few seconds, a write with an Idempotency-Key.",
          "GET /api/dealers while the database restarts");
  public static final ProblemType TIMED_OUT =
      new ProblemType(
          "timed-out",
          "Timed out",
          504,
          "TIMED_OUT",
          true,
          "The work took longer than the route allows, or than Request-Timeout asked for; it was"
              + " cancelled and undone.",
          "Ask for less at once, or allow more time.",
          "GET /api/dealers with Request-Timeout: 1");

  public static final ProblemType VERSION_NOT_SUPPORTED =
      new ProblemType(
          "version-not-supported",
          "HTTP version not supported",
          505,
          "VERSION_NOT_SUPPORTED",
          false,
          "The request line names another version of HTTP than 1.1.",
          "Speak HTTP/1.1; a proxy in front has to be told so (nginx: proxy_http_version 1.1).",
          "GET /api/dealers HTTP/1.0");

  /// All of them, in the order of their status.
  public static final List<ProblemType> SHARED =
      List.of(
          BAD_REQUEST,
          MALFORMED_JSON,
          VALIDATION_FAILED,
          INVALID_CURSOR,
          CURSOR_MISMATCH,
          UNAUTHORIZED,
          FORBIDDEN,
          SUBSCRIPTION_REQUIRED,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          CONFLICT,
          IDEMPOTENCY_IN_FLIGHT,
          PRECONDITION_FAILED,
          PAYLOAD_TOO_LARGE,
          URI_TOO_LONG,
          UNSUPPORTED_MEDIA_TYPE,
          IDEMPOTENCY_KEY_REUSED,
          QUOTA_EXCEEDED,
          INTERNAL_ERROR,
          TEMPORARY_REDUCED_CAPACITY,
          SERVICE_UNAVAILABLE,
          TIMED_OUT,
          VERSION_NOT_SUPPORTED);

  private ProblemTypes() {}
}
