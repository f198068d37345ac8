package showfloor.embeddedpostgres;

import showfloor.embeddedpostgres.Settings.Durability;

/// The two files that PostgreSQL reads at its start. They lie outside of the cluster, so that a
/// process that holds the cluster can't change them, and are written anew each time.
///
/// @param major of the server: settings that it does not know are left out
record Configuration(Folder folder, Settings settings, int major) {
  private static final int ALTER_SYSTEM = 17;
  private static final int IO_METHODS = 18;

  void write(int port) {
    folder.write(folder.clients(), clients(), "rw-r--r--");
    folder.write(folder.configuration(), server(port), "rw-r--r--");
  }

  /// One login, from this machine, with its password. Whoever is not named is refused: the
  /// superuser too, and the login to the databases that come with PostgreSQL.
  private String clients() {
    String databases = durable() ? Cluster.DATABASE : "all";
    return """
    # Written by Showfloor at every start: changes are lost.
    host  %s  %s  127.0.0.1/32  scram-sha-256
    """
        .formatted(databases, durable() ? Cluster.LOGIN : "all");
  }

  private String server(int port) {
    String disk = durable() ? "on" : "off";
    return """
    # Written by Showfloor at every start: changes are lost.
    hba_file = %1$s

    # Reached by this machine only. Two more slots than the login may use, so that one too many
    # is told so by its role's limit.
    listen_addresses = '127.0.0.1'
    port = %2$d
    unix_socket_directories = ''
    max_connections = %3$d
    superuser_reserved_connections = 0
    password_encryption = 'scram-sha-256'

    # A commit that was answered survives a loss of power.
    fsync = %4$s
    synchronous_commit = %4$s
    full_page_writes = %4$s

    # Small: it shares a machine with the application. Reads come from the system's cache, so
    # processes that only wait for the disk are left out.
    shared_buffers = '64MB'
    huge_pages = off
    work_mem = '8MB'
    maintenance_work_mem = '64MB'
    effective_cache_size = '512MB'
    random_page_cost = 1.1
    max_wal_size = '1GB'
    max_wal_senders = 0
    max_replication_slots = 0
    max_logical_replication_workers = 0
    autovacuum_max_workers = 2
    jit = off

    # The same on every machine.
    timezone = 'UTC'
    log_timezone = 'UTC'
    datestyle = 'iso, ymd'
    lc_messages = 'C'
    lc_monetary = 'C'
    lc_numeric = 'C'
    lc_time = 'C'
    default_text_search_config = 'pg_catalog.simple'

    # Failed statements are the application's to log: their texts hold personal data.
    log_min_messages = log
    log_min_error_statement = panic
    log_error_verbosity = terse
    logging_collector = on
    log_directory = %5$s
    log_filename = '%6$s'
    log_rotation_age = 1d
    log_rotation_size = 0
    log_truncate_on_rotation = on
    %7$s"""
        .formatted(
            quoted(folder.clients().toString()),
            port,
            settings.maxConnections() + 2,
            disk,
            quoted(folder.logs().toString()),
            ServerLog.FILE_PER_WEEKDAY,
            newerSettings());
  }

  private String newerSettings() {
    StringBuilder settings = new StringBuilder();
    if (major >= ALTER_SYSTEM) {
      settings.append("\nallow_alter_system = off\n");
    }
    if (major >= IO_METHODS) {
      settings.append("io_method = 'sync'\nautovacuum_worker_slots = 3\n");
    }
    return settings.toString();
  }

  private boolean durable() {
    return settings.durability() == Durability.FULL;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
