package showfloor.dbapi.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import showfloor.dbapi.runtime.PoolFacts.ModuleFacts;

/// What the leases of each module have cost since start. Thread-safe.
final class ModuleBooks {
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  /// One module's.
  static final class Account {
    final LongAdder leases = new LongAdder();
    final LongAdder waitNanos = new LongAdder();
    final LongAdder heldNanos = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder destroyed = new LongAdder();
  }

  Account of(String module) {
    return accounts.computeIfAbsent(module, name -> new Account());
  }

  List<ModuleFacts> facts() {
    return accounts.entrySet().stream()
        .map(entry -> facts(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(ModuleFacts::module))
        .toList();
  }

  static long total(List<ModuleFacts> modules, ToLongFunction<ModuleFacts> figure) {
    return modules.stream().mapToLong(figure).sum();
  }

  private static ModuleFacts facts(String module, Account account) {
    return new ModuleFacts(
        module,
        account.leases.sum(),
        account.waitNanos.sum(),
        account.heldNanos.sum(),
        account.refused.sum(),
        account.timedOut.sum(),
        account.destroyed.sum());
  }
}
