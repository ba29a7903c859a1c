import { describe, expect, test } from "vitest";
import { evaluatePlan } from "./evaluate-plan";
import type { JsonObject } from "./json";
import { createdTrail, planOf } from "./testing";

const multi = { is_multi_region_trail: true };

function outcome(values: JsonObject, unknown: JsonObject = {}) {
  return evaluatePlan(planOf([createdTrail("aws_cloudtrail.t", { ...multi, ...values }, unknown)])).outcome;
}

const field = (name: string, values: JsonObject = {}) => ({
  field: name,
  equals: null,
  not_equals: null,
  starts_with: null,
  ...values,
});
const management = field("eventCategory", { equals: ["Management"] });
const data = field("eventCategory", { equals: ["Data"] });

describe("a value known after apply does not matter where it cannot narrow management events", () => {
  test.each([
    [
      "the bucket, key, prefix and tags",
      { s3_bucket_name: true, kms_key_id: true, s3_key_prefix: true, tags: { a: true } },
    ],
    [
      "the log group",
      { cloud_watch_logs_group_arn: true, cloud_watch_logs_role_arn: true, sns_topic_name: true },
    ],
  ])("%s", (_, unknown) => {
    expect(outcome({}, unknown)).toBe("covers");
  });

  test("the data resources of a basic selector", () => {
    const event_selector = [
      {
        read_write_type: "All",
        include_management_events: true,
        exclude_management_event_sources: [],
        data_resource: [{ type: "AWS::S3::Object" }],
      },
    ];
    const unknown = {
      event_selector: [{ data_resource: [{ values: [true] }], exclude_management_event_sources: [] }],
    };
    expect(outcome({ event_selector }, unknown)).toBe("covers");
    expect(outcome({ event_selector }, { event_selector: [{ data_resource: true }] })).toBe("covers");
  });

  test("the resources of an advanced selector for data events", () => {
    const advanced_event_selector = [
      { name: "all", field_selector: [management] },
      { name: "one bucket", field_selector: [data, field("resources.ARN")] },
    ];
    const unknown = {
      advanced_event_selector: [
        { field_selector: [{ equals: [false] }] },
        { name: true, field_selector: [{}, { starts_with: true }] },
      ],
    };
    expect(outcome({ advanced_event_selector }, unknown)).toBe("covers");
  });

  test("a second selector that may log less than the first", () => {
    const event_selector = [
      { read_write_type: "All", include_management_events: true },
      { include_management_events: true },
    ];
    expect(outcome({ event_selector }, { event_selector: [{}, { read_write_type: true }] })).toBe("covers");
  });
});

describe("a value known after apply makes the outcome unknown where it could narrow them", () => {
  test.each([
    ["read_write_type", { include_management_events: true }],
    ["include_management_events", { read_write_type: "All" }],
    ["exclude_management_event_sources", { read_write_type: "All", include_management_events: true }],
  ])("basic %s", (name, known) => {
    expect(outcome({ event_selector: [known] }, { event_selector: [{ [name]: true }] })).toBe("unknown");
  });

  test("one of the sources that a basic selector leaves out", () => {
    const event_selector = [{ include_management_events: true, exclude_management_event_sources: [null] }];
    const unknown = { event_selector: [{ exclude_management_event_sources: [true] }] };
    expect(outcome({ event_selector }, unknown)).toBe("unknown");
  });

  test.each([
    ["the category", [field("eventCategory")], [{ equals: true }]],
    ["the name of a field", [management, { equals: ["x"] }], [{}, { field: true }]],
    ["readOnly", [management, field("readOnly")], [{}, { equals: true }]],
    ["the sources left out", [management, field("eventSource")], [{}, { not_equals: true }]],
  ])("advanced: %s", (_, fields, open) => {
    const values = { advanced_event_selector: [{ field_selector: fields }] };
    expect(outcome(values, { advanced_event_selector: [{ field_selector: open }] })).toBe("unknown");
  });

  test("the selectors as a whole, as a dynamic block makes them", () => {
    expect(outcome({}, { event_selector: true })).toBe("unknown");
    expect(outcome({}, { advanced_event_selector: true })).toBe("unknown");
    expect(outcome({ event_selector: [null] }, { event_selector: [true] })).toBe("unknown");
  });
});

describe("a value known after apply excuses nothing that is known", () => {
  test.each([
    [
      "writes only, whatever is left out",
      { event_selector: [{ read_write_type: "WriteOnly", include_management_events: true }] },
      { event_selector: [{ exclude_management_event_sources: true }] },
    ],
    [
      "KMS left out, and more perhaps",
      {
        event_selector: [
          { include_management_events: true, exclude_management_event_sources: ["kms.amazonaws.com", null] },
        ],
      },
      { event_selector: [{ exclude_management_event_sources: [false, true] }] },
    ],
    [
      "writes only, and a source perhaps",
      {
        advanced_event_selector: [
          { field_selector: [management, field("readOnly", { equals: ["false"] }), field("eventSource")] },
        ],
      },
      { advanced_event_selector: [{ field_selector: [{}, {}, { not_equals: true }] }] },
    ],
    [
      "a narrowing field that a trail does not have",
      {
        advanced_event_selector: [
          { field_selector: [management, field("readOnly", { equals: ["true"] }), field("eventName")] },
        ],
      },
      { advanced_event_selector: [{ field_selector: [{}, {}, { equals: true }] }] },
    ],
  ])("%s", (_, values, unknown) => {
    expect(outcome(values, unknown)).toBe("creates_gap");
  });

  test("one Region only, whatever the selectors", () => {
    expect(outcome({ is_multi_region_trail: false }, { event_selector: true })).toBe("creates_gap");
  });
});
