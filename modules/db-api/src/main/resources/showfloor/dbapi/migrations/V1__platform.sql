-- What every module's migrations and requests stand on.

-- Gives a table its tenant: each row is seen and written only under its own company. FORCE, because
-- views belong to the owner and would otherwise show every tenant. An unset or empty setting makes
-- the cast fail: closed, not open.
create function dbapi.protect_tenant_table(t regclass) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format(
    'create policy tenant on %s using (company_id = current_setting(''app.company_id'')::uuid)'
    ' with check (company_id = current_setting(''app.company_id'')::uuid)', t);
end $$;

-- The first answer to each Idempotency-Key, kept for a day. Its row commits with the effect.
create table dbapi.idempotency_keys (
  company_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  status int not null,
  headers text not null,
  body bytea not null,
  created_at timestamptz not null default now(),
  primary key (company_id, key));
create index idempotency_keys_by_age on dbapi.idempotency_keys (company_id, created_at);
select dbapi.protect_tenant_table('dbapi.idempotency_keys');
