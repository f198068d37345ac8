-- Things of a company.
create table example.things (
  company_id uuid not null,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  created_at timestamptz not null default now(),
  primary key (company_id, id));
select dbapi.protect_tenant_table('example.things');
