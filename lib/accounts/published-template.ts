import { cloudFormationTemplate } from "@/lib/aws/customer-role/cloudformation-template";

/** The role as a CloudFormation template for a bucket: without the values of any one connection. */
export function publishedTemplate(): string {
  return cloudFormationTemplate();
}
