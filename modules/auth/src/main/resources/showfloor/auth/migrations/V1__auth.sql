-- The tenant. Its id is what row-level security compares everywhere.
CREATE TABLE auth.companies (
  company_id uuid        NOT NULL,
  name       text        NOT NULL CHECK (name <> '' AND length(name) <= 200),
  version    bigint      NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (company_id)
);
SELECT dbapi.protect_tenant_table('auth.companies');

CREATE TABLE auth.users (
  company_id uuid        NOT NULL REFERENCES auth.companies (company_id) ON DELETE CASCADE,
  id         uuid        NOT NULL,
  email      text        NOT NULL CHECK (email <> '' AND length(email) <= 254),
  first_name text        NOT NULL CHECK (first_name <> '' AND length(first_name) <= 200),
  last_name  text        NOT NULL CHECK (last_name <> '' AND length(last_name) <= 200),
  role       text        NOT NULL CHECK (role IN ('owner', 'member')),
  version    bigint      NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (company_id, id),
  -- The targets of the foreign keys that keep the copies in logins and tokens equal.
  UNIQUE (company_id, id, email),
  UNIQUE (company_id, id, role)
);
SELECT dbapi.protect_tenant_table('auth.users');

-- System table: at sign-in the e-mail is known and the company is not.
CREATE TABLE auth.logins (
  email         text NOT NULL,
  company_id    uuid NOT NULL,
  user_id       uuid NOT NULL,
  -- A PHC string: algorithm, parameters, salt and hash in one.
  password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  CONSTRAINT logins_email_key PRIMARY KEY (email),
  UNIQUE (company_id, user_id),
  FOREIGN KEY (company_id, user_id, email) REFERENCES auth.users (company_id, id, email)
    ON UPDATE CASCADE ON DELETE CASCADE
);

-- System table: a token is looked up before anyone knows whose it is.
CREATE TABLE auth.tokens (
  -- SHA-256 of the token: what is stolen from here opens nothing.
  token_hash   bytea       NOT NULL CHECK (octet_length(token_hash) = 32),
  id           uuid        NOT NULL,
  company_id   uuid        NOT NULL,
  user_id      uuid        NOT NULL,
  role         text        NOT NULL,
  created_at   timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (token_hash),
  UNIQUE (company_id, user_id, id),
  -- A user's new role reaches the user's tokens in the statement that changes it.
  FOREIGN KEY (company_id, user_id, role) REFERENCES auth.users (company_id, id, role)
    ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX tokens_expiry ON auth.tokens (expires_at);

-- System table: counts tries on accounts, existing or not, before anyone has signed in.
CREATE TABLE auth.throttles (
  -- SHA-256 of the e-mail, or of e-mail and address: people type passwords into the wrong field.
  key       bytea       NOT NULL CHECK (octet_length(key) = 32),
  failures  integer     NOT NULL CHECK (failures >= 0),
  -- No try before this; the epoch when there is no pause.
  retry_at  timestamptz NOT NULL,
  -- The account was signed in to from this address.
  known     boolean     NOT NULL,
  forget_at timestamptz NOT NULL,
  PRIMARY KEY (key)
);
CREATE INDEX throttles_forgetting ON auth.throttles (forget_at);
