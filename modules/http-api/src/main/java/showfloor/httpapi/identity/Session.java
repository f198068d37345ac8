package showfloor.httpapi.identity;

import showfloor.httpapi.Access;
import showfloor.httpapi.Caller;

/// What a token stands for: who calls, and whether the caller's company has access.
public record Session(Caller caller, Access.Decision access) {}
