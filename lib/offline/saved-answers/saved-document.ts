import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { savedFormat } from "./saved-format";
import { savedServices } from "./services";

/** Facts as a file: what the read command would print in an account that has them, spelled as the AWS CLI does. */
export function savedDocument(facts: Partial<Facts>, { now, account }: EvaluationContext): string {
  const lines = savedServices.flatMap((service) => service.linesOf(facts, account));
  return `{"format":"${savedFormat}","takenAt":"${now}","answers":[\n${lines.join("\n,")}\n],"complete":true}\n`;
}
