// expect: showfloor.evil requires java.prefs, which is not among what a domain may require
// descriptor: requires java.prefs;
package showfloor.evil;

final class RequiresPreferences {
  Object kept = java.util.prefs.Preferences.userRoot();
}
