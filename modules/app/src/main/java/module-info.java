/// The composition root: the one list of domains, configuration, health, metrics, start and stop.
@org.jspecify.annotations.NullMarked
module showfloor.app {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires io.helidon.webserver;
  requires java.logging;
  requires java.management;
  requires jdk.unsupported; // signals, so that a second one counts
  requires org.yaml.snakeyaml;
  requires showfloor.auth;
  requires showfloor.dbapi;
  requires showfloor.dealers;
  requires showfloor.embeddedpostgres;
  requires showfloor.httpapi;
  requires showfloor.httpclient;
  requires showfloor.mail;
  requires showfloor.reports;
  requires showfloor.sandbox;
  requires showfloor.stripe;
  requires showfloor.subscriptions;
  requires showfloor.todos;
  requires showfloor.tradeshows;
  requires showfloor.uploads;
  requires showfloor.webhooks;
}
