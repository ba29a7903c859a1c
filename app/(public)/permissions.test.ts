import { expect, it } from "vitest";
import { permissionLines } from "@/lib/aws/customer-policy";
import { promisedPermissions } from "./permissions";

it("promises exactly the actions that the role asks for", () => {
  const asked = permissionLines().map(({ action }) => action);
  expect(promisedPermissions.map(({ action }): string => action).sort()).toEqual([...asked].sort());
});
