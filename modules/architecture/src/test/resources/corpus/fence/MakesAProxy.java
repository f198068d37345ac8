// expect: java.lang.reflect.Proxy: no reflection
package showfloor.evil;

final class MakesAProxy {
  Object proxy(java.lang.reflect.InvocationHandler handler) {
    return java.lang.reflect.Proxy.newProxyInstance(null, new Class<?>[] {Runnable.class}, handler);
  }
}
