-- The shop of a workspace. A workspace without a row has a shop that only its members see.
create table shop (
  workspace_id uuid primary key references workspace on delete restrict,
  is_public boolean not null default false,
  introduction text not null default '' check (char_length(introduction) <= 2000),
  version int not null default 1 check (version >= 1)
);

create table product (
  id uuid primary key,
  workspace_id uuid not null references workspace on delete restrict,
  name text not null check (char_length(name) between 1 and 200),
  description text not null check (char_length(description) <= 5000),
  -- In minor units of the currency.
  price bigint not null check (price between 0 and 10000000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The sum of the movements: nothing but a movement changes it.
  stock int not null default 0 check (stock between 0 and 1000000000),
  low_stock int not null check (low_stock between 0 and 1000000000),
  images jsonb not null default '[]' check (jsonb_typeof(images) = 'array'),
  active boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Orders keep the products that they name.
  deleted_at timestamptz,
  version int not null default 1 check (version >= 1)
);

create index product_created on product (workspace_id, id desc) where deleted_at is null;
create index product_name on product (workspace_id, lower(name) collate "C", id) where deleted_at is null;
create index product_price on product (workspace_id, price, id) where deleted_at is null;
create index product_workspace on product (workspace_id);

-- Why the stock of a product changed, by how much, and who did it.
create table stock_movement (
  id uuid primary key,
  product_id uuid not null references product on delete restrict,
  change int not null check (change <> 0),
  stock_after int not null,
  reason text not null check (
    reason in ('created', 'correction', 'delivery', 'loss', 'import', 'order', 'cancellation')
  ),
  note text not null default '' check (char_length(note) <= 500),
  author_id uuid references account on delete restrict,
  order_id uuid,
  created_at timestamptz not null,
  check ((order_id is not null) = (reason in ('order', 'cancellation')))
);

create index stock_movement_product on stock_movement (product_id, id desc);
create index stock_movement_author on stock_movement (author_id);
-- An order takes from a product once, and gives back once.
create unique index stock_movement_order on stock_movement (order_id, product_id, reason) where order_id is not null;

-- A movement changes the stock of its product, and knows what it is then. The check of the product refuses a stock
-- below zero.
create function move_stock() returns trigger language plpgsql as $$
begin
  update product set stock = stock + new.change where id = new.product_id returning stock into new.stock_after;
  return new;
end
$$;

create trigger stock_movement_moves before insert on stock_movement for each row execute function move_stock();

-- Nothing else does: a product begins with nothing in stock, and only a movement, at whose depth the update runs, may
-- change that.
create trigger product_begins_empty before insert on product for each row
  when (new.stock <> 0) execute function refuse_row();
create trigger product_stock_follows_movements before update of stock on product for each row
  when (new.stock is distinct from old.stock and pg_trigger_depth() = 0) execute function refuse_row();

-- Movements stay as they are while their product exists.
create trigger stock_movement_is_final before update on stock_movement for each row execute function refuse_row();

create function keep_movement() returns trigger language plpgsql as $$
begin
  if exists (select from product where id = old.product_id) then
    raise check_violation using message = 'a stock movement is kept as long as its product';
  end if;
  return null;
end
$$;

create constraint trigger stock_movement_stays after delete on stock_movement deferrable initially deferred
  for each row execute function keep_movement();
