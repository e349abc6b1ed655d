-- The desk of a workspace that sells something: its last order number, and how many orders have each status. Everybody
-- who places or moves an order locks it, after the products and before the streams.
create table desk (
  workspace_id uuid primary key references workspace on delete restrict,
  last_number int not null default 0 check (last_number >= 0),
  pending int not null default 0 check (pending >= 0),
  processing int not null default 0 check (processing >= 0),
  shipped int not null default 0 check (shipped >= 0),
  delivered int not null default 0 check (delivered >= 0),
  cancelled int not null default 0 check (cancelled >= 0),
  check (last_number = pending + processing + shipped + delivered + cancelled)
);

insert into desk (workspace_id) select distinct workspace_id from product;

create table shop_order (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete restrict,
  number int not null check (number >= 1),
  buyer_id uuid not null references account on delete restrict,
  -- Under which the buyer repeats the same order, and a digest of what it asks for.
  intent_key text check (char_length(intent_key) between 1 and 200),
  intent_hash bytea check (octet_length(intent_hash) = 32),
  status text not null check (status in ('pending', 'processing', 'shipped', 'delivered', 'cancelled')),
  title text not null,
  line_count int not null check (line_count between 1 and 50),
  quantity int not null check (quantity >= 1),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- In minor units of the currency.
  total bigint not null check (total >= 0),
  note text not null check (char_length(note) <= 1000),
  assignee_id uuid references account on delete restrict,
  -- The support conversation of the buyer, which may be gone.
  conversation_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1 check (version >= 1),
  check ((intent_key is null) = (intent_hash is null))
);

create unique index shop_order_number on shop_order (workspace_id, number desc);
create unique index shop_order_intent on shop_order (workspace_id, buyer_id, intent_key) where intent_key is not null;
create index shop_order_buyer on shop_order (buyer_id, workspace_id, number desc);
create index shop_order_status on shop_order (workspace_id, status, number desc);
create index shop_order_created on shop_order (workspace_id, created_at);
create index shop_order_assignee on shop_order (assignee_id) where assignee_id is not null;

-- One step at a time, and never back.
create trigger shop_order_moves before update of status on shop_order for each row
  when (
    new.status <> old.status and not (
      (old.status, new.status) in (
        ('pending', 'processing'), ('pending', 'cancelled'), ('processing', 'shipped'), ('processing', 'cancelled'),
        ('shipped', 'delivered')
      )
    )
  ) execute function refuse_row();

-- The name and the price are those of the moment of the order.
create table order_line (
  order_id uuid not null references shop_order on delete restrict,
  position int not null check (position >= 1),
  -- Checked at the end: with its workspace, the catalog and the orders each remove their own.
  product_id uuid not null references product deferrable initially deferred,
  name text not null,
  price bigint not null check (price between 0 and 10000000000),
  quantity int not null check (quantity between 1 and 500000),
  primary key (order_id, position)
);

create unique index order_line_product on order_line (product_id, order_id);

create trigger order_line_is_final before update on order_line for each row execute function refuse_row();

create table order_change (
  id uuid primary key,
  order_id uuid not null references shop_order on delete restrict,
  from_status text not null,
  to_status text not null,
  assignee_id uuid references account on delete restrict,
  author_id uuid not null references account on delete restrict,
  note text not null check (char_length(note) <= 1000),
  at timestamptz not null
);

create index order_change_order on order_change (order_id, id);
create index order_change_author on order_change (author_id);
create index order_change_assignee on order_change (assignee_id) where assignee_id is not null;

create trigger order_change_is_final before update on order_change for each row execute function refuse_row();

alter table stock_movement add foreign key (order_id) references shop_order on delete restrict;
