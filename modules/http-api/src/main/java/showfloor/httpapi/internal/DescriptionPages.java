package showfloor.httpapi.internal;

import org.jspecify.annotations.Nullable;

/// `/openapi` in JSON, or in YAML for those who ask for it. Made at the first request.
final class DescriptionPages {
  private final ApiDescription description;
  private volatile @Nullable Page json;
  private volatile @Nullable Page yaml;

  DescriptionPages(ApiDescription description) {
    this.description = description;
  }

  @Nullable Page find(String path, boolean prefersYaml) {
    return switch (path) {
      case "/openapi" -> prefersYaml ? yaml() : json();
      case "/openapi.json" -> json();
      case "/openapi.yaml" -> yaml();
      default -> null;
    };
  }

  private Page json() {
    Page page = json;
    if (page == null) {
      page = Page.of("application/json", description.json());
      json = page;
    }
    return page;
  }

  private Page yaml() {
    Page page = yaml;
    if (page == null) {
      page = Page.of("application/yaml", description.yaml());
      yaml = page;
    }
    return page;
  }
}
