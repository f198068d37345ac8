package showfloor.auth.members;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import showfloor.auth.account.Accounts;
import showfloor.auth.members.MemberQueries.Effect;
import showfloor.dbapi.Database;
import showfloor.dbapi.DatabaseException.ConstraintViolated;
import showfloor.dbapi.UuidV7;
import showfloor.httpapi.Caller;
import showfloor.httpapi.identity.SessionCache;

/// The users of a company: the owner makes and removes members. One statement each. Thread-safe.
final class Members {
  private static final Logger LOG = System.getLogger(Members.class.getName());

  private final Database database;
  private final SessionCache cache;
  private final InstantSource clock;

  Members(Database database, SessionCache cache, InstantSource clock) {
    this.database = database;
    this.cache = cache;
    this.clock = clock;
  }

  /// How the making of a member ended.
  sealed interface Added {
    record Done(Member member, SetupLink link) implements Added {}

    record EmailTaken() implements Added {}

    /// The company has as many users as it may have.
    record Full() implements Added {}
  }

  /// How a change to a member ended.
  sealed interface Changed<T> {
    record Done<T>(T result) implements Changed<T> {}

    /// It was asked for the owner.
    record IsOwner<T>() implements Changed<T> {}

    record Missing<T>() implements Changed<T> {}
  }

  /// Everybody, in the order in which they came.
  List<Member> list() {
    return MemberQueries.list(database);
  }

  /// Makes a member, who can do nothing until the link was used.
  ///
  /// @param email in lower case
  Added add(Caller owner, String email, String firstName, String lastName) {
    SetupLink link = SetupLink.make(clock.instant());
    Member member =
        new Member(
            UuidV7.next(),
            email,
            firstName,
            lastName,
            "member",
            false,
            link.expiresAt(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    try {
      if (!MemberQueries.add(database, owner.companyId(), member, link)) {
        return new Added.Full();
      }
    } catch (ConstraintViolated e) {
      if (e.constraint().equals(Accounts.EMAIL_KEY)) {
        return new Added.EmailTaken();
      }
      throw e;
    }
    LOG.log(Level.INFO, "User {0} made member {1}", owner.userId(), member.id());
    return new Added.Done(member, link);
  }

  /// Makes a new link, which replaces the one before. The password, if there is one, stays until
  /// the link is used.
  Changed<SetupLink> renewLink(Caller owner, UUID userId) {
    SetupLink link = SetupLink.make(clock.instant());
    Changed<SetupLink> changed =
        changed(MemberQueries.renewLink(database, owner, userId, link), link);
    if (changed instanceof Changed.Done) {
      LOG.log(Level.INFO, "User {0} made a link for member {1}", owner.userId(), userId);
    }
    return changed;
  }

  /// Removes a member: the sessions end, the e-mail address is free, what they wrote stays.
  Changed<UUID> remove(Caller owner, UUID userId) {
    Changed<UUID> changed = changed(MemberQueries.remove(database, owner, userId), userId);
    if (changed instanceof Changed.Done) {
      cache.forgetUser(userId);
      LOG.log(Level.INFO, "User {0} removed member {1}", owner.userId(), userId);
    }
    return changed;
  }

  private static <T> Changed<T> changed(Optional<Effect> effect, T result) {
    if (effect.isEmpty()) {
      return new Changed.Missing<>();
    }
    if (effect.get().role().equals("owner")) {
      return new Changed.IsOwner<>();
    }
    // Whoever lost against another removal finds nothing any more.
    return effect.get().done() ? new Changed.Done<>(result) : new Changed.Missing<>();
  }
}
