import { STSClient } from "@aws-sdk/client-sts";

/** The Region that the environment or the chosen profile names, as every AWS tool reads it; undefined when none does. */
export async function ambientRegion(): Promise<string | undefined> {
  try {
    return await new STSClient({}).config.region();
  } catch {
    return undefined;
  }
}
