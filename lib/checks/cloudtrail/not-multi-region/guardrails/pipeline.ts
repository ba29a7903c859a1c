import type { Guardrail } from "@/lib/checks/guardrail";
import { toParts } from "@/lib/checks/snippets/marked";
import type { GuardedTrail } from "./guarded";
import type { GuardrailSignals } from "./signals";

/** Refuses the change before it is deployed. */
export function pipelineGuardrail(guarded: GuardedTrail, signals: GuardrailSignals): Guardrail {
  return {
    id: "pipeline",
    title: "Policy as code in the pipeline",
    where: "The repository and pipeline that deploy the trail.",
    stops: [
      "A deploy that makes the trail single-Region, stops it, narrows its events or deletes it: the plan is refused.",
    ],
    doesNotStop: [
      "Changes outside the pipeline, by console or CLI.",
      "Trails of other repositories, and delivery that breaks at the bucket or its key.",
    ],
    relevance: relevanceOf(guarded, signals),
    tabs: [
      {
        id: "posturio",
        label: "posturio try --plan",
        language: "yaml",
        parts: toParts(workflow),
        file: "trail-coverage.yml",
        notes: [
          "Reads the plan only: no credentials, no network. Exit code 0 covers, 1 fails, 2 cannot say.",
        ],
      },
      {
        id: "rego",
        label: "OPA (Rego)",
        language: "rego",
        parts: toParts(regoPolicy),
        file: "cloudtrail.rego",
        notes: [
          "opa eval --fail-defined --data cloudtrail.rego --input plan.json 'data.cloudtrail.deny[_]'",
          "Simpler than posturio try --plan: it wants every trail to be multi-Region and logging, and looks at no selectors.",
        ],
      },
      {
        id: "checkov",
        label: "Checkov",
        language: "yaml",
        parts: toParts(checkovConfig),
        file: ".checkov.yaml",
        notes: [
          "checkov --config-file .checkov.yaml. It reads code: values from variables or modules it cannot resolve pass unseen.",
        ],
      },
    ],
  };
}

function relevanceOf({ managedBy }: GuardedTrail, { isRecurring }: GuardrailSignals): string | null {
  if (isRecurring) return "This came back after it was repaired: stop the deploy that brings it back.";
  if (managedBy === undefined) return null;
  const owner = managedBy.name === undefined ? "Code" : `Stack ${managedBy.name}`;
  return `${owner} deploys this trail, so a deploy can undo the repair.`;
}

const workflow = `name: Trail coverage
on: pull_request
permissions:
  contents: read
jobs:
  plan:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_wrapper: false
      # Credentials for the plan go here.
      - run: terraform init
      - run: terraform plan -out=plan.out
      - run: terraform show -json plan.out > plan.json
      - run: npx posturio try --plan plan.json`;

export const regoPolicy = `package cloudtrail

import rego.v1

trails contains change if {
  some change in input.resource_changes
  change.type == "aws_cloudtrail"
  change.mode == "managed"
}

deny contains message if {
  some trail in trails
  trail.change.after != null
  not is_multi_region(trail)
  message := sprintf("%s is not multi-Region", [trail.address])
}

deny contains message if {
  some trail in trails
  trail.change.after != null
  trail.change.after.enable_logging == false
  message := sprintf("%s does not log", [trail.address])
}

deny contains message if {
  some trail in trails
  trail.change.after == null
  "delete" in trail.change.actions
  trail.change.before.is_multi_region_trail == true
  message := sprintf("%s is deleted", [trail.address])
}

is_multi_region(trail) if trail.change.after.is_multi_region_trail == true`;

export const checkovConfig = `directory:
  - .
framework:
  - terraform
  - cloudformation
check:
  - CKV_AWS_67 # a trail covers all Regions
  - CKV_AWS_251 # a trail logs
  - CKV_AWS_36 # log files can be validated
compact: true`;
