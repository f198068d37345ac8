package showfloor.app.configuration;

/// Who takes the money.
public enum Payment {
  SANDBOX,
  STRIPE
}
