// expect: CallsNativeCode.connect is native
package showfloor.evil;

final class CallsNativeCode {
  native int connect();
}
