// expect: package org.postgresql is not visible
package showfloor.evil;

final class NamesTheDriver {
  org.postgresql.PGConnection kept;
}
