package showfloor.app.metrics;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/// The virtual machine and its process, under the names that Prometheus' own clients use.
final class JvmMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");

  private JvmMetrics() {}

  static void write(Exposition out) {
    memory(out);
    collectors(out);
    threads(out);
    process(out);
  }

  private static void memory(Exposition out) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    MemoryUsage other = memory.getNonHeapMemoryUsage();
    out.family("jvm_memory_used_bytes", "gauge", "Used bytes of a memory area.")
        .sample("jvm_memory_used_bytes", heap.getUsed(), "area", "heap")
        .sample("jvm_memory_used_bytes", other.getUsed(), "area", "nonheap")
        .family("jvm_memory_committed_bytes", "gauge", "Committed bytes of a memory area.")
        .sample("jvm_memory_committed_bytes", heap.getCommitted(), "area", "heap")
        .sample("jvm_memory_committed_bytes", other.getCommitted(), "area", "nonheap")
        .family("jvm_memory_max_bytes", "gauge", "Limit of a memory area.")
        .sample("jvm_memory_max_bytes", heap.getMax(), "area", "heap")
        .family("jvm_buffer_pool_used_bytes", "gauge", "Used bytes of a buffer pool.");
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      out.sample("jvm_buffer_pool_used_bytes", pool.getMemoryUsed(), "pool", pool.getName());
    }
  }

  private static void collectors(Exposition out) {
    var collectors = ManagementFactory.getGarbageCollectorMXBeans();
    out.family("jvm_gc_collection_seconds_count", "counter", "Garbage collections.");
    collectors.forEach(
        gc ->
            out.sample(
                "jvm_gc_collection_seconds_count", gc.getCollectionCount(), "gc", gc.getName()));
    out.family("jvm_gc_collection_seconds_sum", "counter", "Time in garbage collections.");
    collectors.forEach(
        gc ->
            out.sample(
                "jvm_gc_collection_seconds_sum", gc.getCollectionTime() / 1e3, "gc", gc.getName()));
  }

  private static void threads(Exposition out) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    out.single("jvm_threads_current", "gauge", "Platform threads.", threads.getThreadCount())
        .single("jvm_threads_daemon", "gauge", "Daemon threads.", threads.getDaemonThreadCount())
        .single(
            "jvm_classes_currently_loaded",
            "gauge",
            "Loaded classes.",
            ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
  }

  private static void process(Exposition out) {
    double start = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
    out.single("process_start_time_seconds", "gauge", "Start since the epoch.", start);
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    out.single("process_cpu_seconds_total", "counter", "CPU time.", cpu.toNanos() / 1e9);
    OptionalLong resident = residentBytes();
    if (resident.isPresent()) {
      out.single(
          "process_resident_memory_bytes", "gauge", "Resident memory.", resident.getAsLong());
    }
  }

  /// Only Linux tells.
  private static OptionalLong residentBytes() {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
