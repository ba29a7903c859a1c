import { CopyButton } from "@/components/ui/copy-button";
import { type FormFailure, fieldsToCheck } from "@/lib/input/form-view";

/** Box above a form that says what is wrong and links to each field. */
export function ErrorSummary({
  failure: { code, message, fields, requestId },
  idPrefix,
  isShown,
}: {
  readonly failure: FormFailure;
  readonly idPrefix: string;
  readonly isShown: (name: string) => boolean;
}) {
  const entries = Object.entries(fields);
  // The use case's message is often that of its first field: said once is enough.
  const title = entries.some(([, text]) => text === message) ? fieldsToCheck(entries.length) : message;
  return (
    <div
      tabIndex={-1}
      role="alert"
      className="max-w-[440px] rounded-control border border-blind bg-blind-tint px-3 py-2 text-small text-ink"
    >
      <p className="font-semibold text-blind">{title}</p>
      {entries.length > 0 ? (
        <ul className="mt-1 grid gap-1">
          {entries.map(([name, text]) => (
            <li key={name}>
              {isShown(name) ? (
                <a href={`#${idPrefix}${name}`} className="text-blind underline underline-offset-2">
                  {text}
                </a>
              ) : (
                text
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {code === "unexpected" ? (
        <p className="mt-1 flex flex-wrap items-center gap-1">
          <span>
            Request id <code translate="no">{requestId}</code>
          </span>
          <CopyButton text={requestId} label="Copy request id" />
        </p>
      ) : null}
    </div>
  );
}
