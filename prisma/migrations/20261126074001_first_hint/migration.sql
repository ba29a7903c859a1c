-- When an item was given to the queue for the first time since it was last taken. `hinted_at` moves each time the hint
-- is given again, so it cannot say how long a queue has delivered nothing.
ALTER TABLE "work_items" ADD COLUMN "first_hinted_at" TIMESTAMPTZ(6);
