import { LinkButton } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Tabs } from "@/components/ui/tabs";
import type { ConnectView } from "@/lib/accounts/account-view";

function dataUrl(text: string, type: string): string {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
}

/** The same role three ways, ready to copy or download. */
export function TemplateTabs({
  view,
  quiet,
}: {
  readonly view: ConnectView;
  /** Something else on the page is the next thing to do. */
  readonly quiet: boolean;
}) {
  return (
    <Tabs
      label="Ways to create the role"
      items={[
        {
          id: "cloudformation",
          label: "CloudFormation",
          content: (
            <div data-code-block className="stack gap-3">
              <div className="flex flex-wrap gap-2">
                {view.quickCreateUrl ? (
                  <LinkButton href={view.quickCreateUrl} external variant={quiet ? "outline" : "primary"}>
                    Open AWS to create the role
                  </LinkButton>
                ) : null}
                <LinkButton
                  href={dataUrl(view.cloudFormation, "text/yaml")}
                  download="posturio-role.yaml"
                  variant={view.quickCreateUrl || quiet ? "outline" : "primary"}
                >
                  Download the template
                </LinkButton>
                <CopyButton label="Copy the template" />
              </div>
              <p className="max-w-[68ch] text-small text-ink-2">
                {view.quickCreateUrl
                  ? "The link opens the CloudFormation console of this account with every value filled in. Or upload the file as a new stack."
                  : "In this account open CloudFormation, create a stack with new resources, and upload the file. Every value is filled in."}
              </p>
              <FoldedCode what="template" label="CloudFormation template" text={view.cloudFormation} />
            </div>
          ),
        },
        {
          id: "terraform",
          label: "Terraform",
          content: (
            <div data-code-block className="stack gap-3">
              <div className="flex flex-wrap gap-2">
                <LinkButton href={dataUrl(view.terraform, "text/plain")} download="posturio-role.tf">
                  Download the file
                </LinkButton>
                <CopyButton label="Copy the configuration" />
              </div>
              <FoldedCode what="configuration" label="Terraform configuration" text={view.terraform} />
            </div>
          ),
        },
        {
          id: "cli",
          label: "AWS CLI",
          content: (
            <div className="stack gap-3">
              <p className="max-w-[68ch] text-small text-ink-2">
                Run it with credentials of this account that may create roles, for example in CloudShell.
              </p>
              <CodeBlock label="AWS CLI commands" parts={[{ text: view.cli }]} maxHeight />
            </div>
          ),
        },
      ]}
    />
  );
}

/** Code that few people read before they use it: it would push the next step off the screen. */
function FoldedCode({
  what,
  label,
  text,
}: {
  readonly what: string;
  readonly label: string;
  readonly text: string;
}) {
  return (
    <details className="fold rounded-control border border-line">
      <summary>
        Show the {what}, {text.trimEnd().split("\n").length} lines
      </summary>
      <CodeBlock label={label} parts={[{ text }]} maxHeight />
    </details>
  );
}

/** A value to carry over to AWS. */
export function CopyLine({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 border-t border-line py-1 first:border-t-0">
      <span className="text-small text-ink-3">{label}</span>
      <span className="inline-flex min-w-0 items-center gap-1">
        <Code>{value}</Code>
        <CopyButton text={value} what={label} />
      </span>
    </div>
  );
}
