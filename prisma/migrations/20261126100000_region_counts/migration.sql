-- How many Regions the verdict that stands calls covered, partly covered, uncovered and unread: lists draw them without
-- unpacking a scan's results. Empty until the next evaluation.
ALTER TABLE "findings" ADD COLUMN "region_counts" SMALLINT[] NOT NULL DEFAULT '{}';
