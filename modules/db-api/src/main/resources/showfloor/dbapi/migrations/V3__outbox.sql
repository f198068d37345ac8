-- Effects that leave the process, such as mails. Each is written in the transaction of what causes
-- it, so that both last or neither does, and done afterwards by whichever instance takes it.
create table dbapi.outbox (
  company_id uuid not null,
  id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z0-9]*\.[a-z][a-z0-9_]*$'),
  -- What makes it the same effect: written twice it is done once.
  key text not null check (length(key) between 1 and 200),
  -- Emptied when it is done: nothing is kept that is of no more use.
  payload text[] not null,
  attempts int not null default 0,
  -- Not before; while it is being done, when it is taken again should the instance die.
  next_at timestamptz not null default now(),
  written_at timestamptz not null default now(),
  done_at timestamptz,
  -- Given up: nobody takes it any more, an operator sees it.
  dead_at timestamptz,
  error text,
  primary key (company_id, id),
  constraint outbox_key unique (company_id, kind, key),
  check (done_at is null or dead_at is null));
create index outbox_due on dbapi.outbox (kind, next_at) where done_at is null and dead_at is null;
create index outbox_dead on dbapi.outbox (kind) where dead_at is not null;
create index outbox_done on dbapi.outbox (done_at) where done_at is not null;
select dbapi.protect_tenant_table('dbapi.outbox');

-- A relay serves all companies. It learns here whose rows are due, and no more of them; what is in
-- one it reads as that company.
create policy relay on dbapi.outbox for select to ${definer} using (true);
grant select on dbapi.outbox to ${definer};

create function dbapi.due_letters(wanted text, most int)
  returns table (company_id uuid, id uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select o.company_id, o.id
    from dbapi.outbox o
   where o.kind = wanted and o.done_at is null and o.dead_at is null and o.next_at <= now()
   order by o.next_at, o.id
   limit most
$$;

-- How many of each kind wait, since when the first one does, and how many were given up.
create function dbapi.letters_left()
  returns table (kind text, waiting bigint, oldest timestamptz, dead bigint)
  language sql stable security definer set search_path = pg_catalog as $$
  select o.kind, count(*) filter (where o.dead_at is null),
         min(o.written_at) filter (where o.dead_at is null),
         count(*) filter (where o.dead_at is not null)
    from dbapi.outbox o
   where o.done_at is null
   group by o.kind
$$;

-- Companies with rows that were done before `moment`.
create function dbapi.companies_with_done_letters(moment timestamptz, most int)
  returns table (company_id uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select distinct o.company_id from dbapi.outbox o where o.done_at < moment limit most
$$;

revoke all on function dbapi.due_letters(text, int), dbapi.letters_left(),
  dbapi.companies_with_done_letters(timestamptz, int) from public;
grant execute on function dbapi.due_letters(text, int), dbapi.letters_left(),
  dbapi.companies_with_done_letters(timestamptz, int) to ${role};
grant create on schema dbapi to ${definer};
alter function dbapi.due_letters(text, int) owner to ${definer};
alter function dbapi.letters_left() owner to ${definer};
alter function dbapi.companies_with_done_letters(timestamptz, int) owner to ${definer};
revoke create on schema dbapi from ${definer};
