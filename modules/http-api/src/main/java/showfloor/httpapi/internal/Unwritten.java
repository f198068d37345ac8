package showfloor.httpapi.internal;

import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.mapper.Value;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A header that the server finds set, and that does not go out: otherwise the server adds its own.
record Unwritten(Header header) implements Header {
  @Override
  public void writeHttp1Header(BufferData buffer) {
    // This is what it is for.
  }

  @Override
  public String name() {
    return header.name();
  }

  @Override
  public HeaderName headerName() {
    return header.headerName();
  }

  @Override
  public String get() {
    return header.get();
  }

  @Override
  public List<String> allValues() {
    return header.allValues();
  }

  @Override
  public int valueCount() {
    return header.valueCount();
  }

  @Override
  public boolean sensitive() {
    return header.sensitive();
  }

  @Override
  public boolean changing() {
    return header.changing();
  }

  @Override
  public <N> Value<N> as(Class<N> type) {
    return header.as(type);
  }

  @Override
  public <N> Value<N> as(GenericType<N> type) {
    return header.as(type);
  }

  @Override
  public <N> Value<N> as(Function<? super String, ? extends N> mapper) {
    return header.as(mapper);
  }

  @Override
  public Optional<String> asOptional() {
    return header.asOptional();
  }

  @Override
  public Value<Boolean> asBoolean() {
    return header.asBoolean();
  }

  @Override
  public Value<String> asString() {
    return header.asString();
  }

  @Override
  public Value<Integer> asInt() {
    return header.asInt();
  }

  @Override
  public Value<Long> asLong() {
    return header.asLong();
  }

  @Override
  public Value<Double> asDouble() {
    return header.asDouble();
  }
}
