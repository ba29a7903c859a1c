import { account } from "./account";
import { cloudtrail } from "./cloudtrail/cloudtrail";
import { ec2 } from "./ec2";
import { iam } from "./iam/iam";
import type { Service } from "./operation";
import { organizations } from "./organizations";
import { sts } from "./sts";

export const services: Readonly<Record<string, Service>> = {
  sts,
  ec2,
  organizations,
  cloudtrail,
  iam,
  account,
};
