import { defaultRegions } from "@/lib/checks/regions";
import { savedFormat } from "./saved-format";
import type { SavedService } from "./saved-service";
import { savedServices } from "./services";

/** Where the command also keeps what it prints. */
export const savedFileName = "posturio-answers.json";

/**
 * The command that a person pastes into CloudShell, or any shell with the AWS CLI. It reads and changes nothing,
 * needs bash, grep, cut, tr and xargs, no jq, and prints one JSON document of `saved-format.ts`. Six Regions at a
 * time: CloudShell has one processor and little memory.
 */
export const readCommand = `bash <<'POSTURIO' | tee ${savedFileName}
export AWS_PAGER= AWS_MAX_ATTEMPTS=5 AWS_RETRY_MODE=standard
ask() { # label, then the arguments of aws: prints one record, an answer or the error
  if answer=$(aws "\${@:2}" --output json 2>"$work/error.$$"); then
    printf '{%s,"answer":%s}\\n' "$1" "$(tr -d '\\r\\n' <<<"$answer")"
  else
    text=$(tr -d '\\r\\n\\t' <"$work/error.$$"); text=\${text//\\\\/\\\\\\\\}
    printf '{%s,"error":"%s"}\\n' "$1" "\${text//\\"/\\\\\\"}"
  fi
}
arns() { grep -oE "\\"$1\\": *\\"arn:[A-Za-z0-9:/._-]+\\"" | cut -d'"' -f4; }
in_region() { # everything asked in one Region
  at="\\"region\\":\\"$1\\""
${joined(({ askInRegion }) => askInRegion)}
}
export -f ask arns in_region
export work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export regions=$(aws ec2 describe-regions --query 'Regions[].RegionName' --output text 2>/dev/null | tr '\\t' '\\n' | grep -xE '[a-z]+(-[a-z]+)+-[0-9]+')
[ "$regions" ] || regions="${defaultRegions("aws").join("\n")}"
{
${joined(({ askOnce }) => askOnce)}
} >"$work/0"
echo "$regions" | xargs -P 6 -I@ bash -c 'in_region "$1" >"$work/region.$1"' - @
printf '{"format":"%s","takenAt":"%s","answers":[\\n' ${savedFormat} "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
cat "$work/0" "$work"/region.* | sed '1!s/^/,/'
echo '],"complete":true}'
POSTURIO`;

function joined(commandOf: (service: SavedService) => string | undefined): string {
  return savedServices.flatMap((service) => commandOf(service) ?? []).join("\n");
}
