// expect: java.lang.Runtime.exec: no module starts processes
package showfloor.evil;

final class RunsACommand {
  Object start() throws Exception {
    return Runtime.getRuntime().exec(new String[] {"psql"});
  }
}
