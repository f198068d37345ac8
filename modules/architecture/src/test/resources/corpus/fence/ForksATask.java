// expect: java.util.concurrent.RecursiveAction: threads are the runtime's
package showfloor.evil;

final class ForksATask extends java.util.concurrent.RecursiveAction {
  @Override
  protected void compute() {}
}
