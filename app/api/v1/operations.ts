import { z } from "zod";
import { accountId, accountUpdate, connectionTestInput, newConnection } from "@/lib/accounts/account-input";
import { newComment } from "@/lib/findings/comments/comment-input";
import { findingEventKinds } from "@/lib/findings/lifecycle/states";
import { findingQuery } from "@/lib/findings/list/finding-query";
import { findingChange, findingMove } from "@/lib/findings/triage/triage-input";
import { bulkChange } from "@/lib/scans/bulk/bulk-input";
import { scanRequest } from "@/lib/scans/scan-input";
import {
  verificationName,
  verificationRequest,
  verificationRetry,
} from "@/lib/verification/verification-input";
import { newView, viewChange, viewRemoval } from "@/lib/views/view-input";
import { dashboard } from "./dashboard-schema";
import { operation } from "./operation";
import {
  account,
  bulkResult,
  callDetail,
  callParams,
  comment,
  connection,
  finding,
  findingDetail,
  findingEvent,
  idParams,
  keyParams,
  listOf,
  looks,
  memberName,
  movedFinding,
  numberParams,
  pageQuery,
  scan,
  scanDetail,
  verification,
  verificationStarted,
  view,
} from "./schemas";

export const getDashboard = operation({
  operationId: "getDashboard",
  method: "GET",
  path: "/dashboard",
  summary: "The figures of the dashboard: of now, over time, and the accounts with the most blind Regions",
  tag: "Dashboard",
  permission: "organization.view",
  response: dashboard,
  status: 200,
  problems: [],
});

export const listAccounts = operation({
  operationId: "listAccounts",
  method: "GET",
  path: "/accounts",
  summary: "AWS accounts of the organization",
  tag: "Accounts",
  permission: "organization.view",
  query: z.strictObject(pageQuery),
  response: listOf(account),
  status: 200,
  problems: ["invalid_input"],
});

export const createAccount = operation({
  operationId: "createAccount",
  method: "POST",
  path: "/accounts",
  summary: "Start connecting an account: returns the external id and the role templates",
  tag: "Accounts",
  permission: "account.connect",
  body: newConnection,
  response: connection,
  status: 201,
  problems: ["invalid_input", "conflict"],
});

export const getAccount = operation({
  operationId: "getAccount",
  method: "GET",
  path: "/accounts/{id}",
  summary: "One account",
  tag: "Accounts",
  permission: "organization.view",
  params: idParams,
  response: account,
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const updateAccount = operation({
  operationId: "updateAccount",
  method: "PATCH",
  path: "/accounts/{id}",
  summary: "Change name, environment or schedule",
  tag: "Accounts",
  permission: "account.edit",
  params: idParams,
  body: accountUpdate.omit({ id: true }),
  response: account,
  status: 200,
  problems: ["invalid_input", "not_found", "conflict", "version_conflict"],
});

export const disconnectAccount = operation({
  operationId: "disconnectAccount",
  method: "DELETE",
  path: "/accounts/{id}",
  summary:
    "Disconnect an account: scans stop, findings and history stay. One that was never connected is deleted",
  tag: "Accounts",
  permission: "account.disconnect",
  params: idParams,
  status: 204,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const getConnection = operation({
  operationId: "getConnection",
  method: "GET",
  path: "/accounts/{id}/connection",
  summary: "External id, role templates and the latest connection test",
  tag: "Accounts",
  permission: "account.connect",
  params: idParams,
  query: z.strictObject({
    roleName: z.string().max(64).optional().describe("A name of your own for the role"),
    rolePath: z.string().max(512).optional().describe("Its path, such as /security/"),
    permissionsBoundaryArn: z.string().max(2048).optional().describe("A policy as its permissions boundary"),
    tags: z.string().max(4000).optional().describe("Its tags, as Name=value with commas between them"),
    logBucket: z
      .string()
      .max(255)
      .optional()
      .describe("A bucket whose log files it may read, to prove by them that a fix works"),
  }),
  response: connection,
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const testConnection = operation({
  operationId: "testConnection",
  method: "POST",
  path: "/accounts/{id}/connection-tests",
  summary:
    "Prove the role: assumed with the external id, refused without it, right account, Regions and trails readable",
  tag: "Accounts",
  permission: "account.connect",
  params: idParams,
  body: connectionTestInput.omit({ accountId: true }),
  response: z.object({ testId: z.uuid() }),
  status: 202,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const stopConnectionTest = operation({
  operationId: "stopConnectionTest",
  method: "DELETE",
  path: "/accounts/{id}/connection-tests",
  summary: "Stop the connection test that is under way; nothing is stored of it",
  tag: "Accounts",
  permission: "account.connect",
  params: idParams,
  status: 204,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const listMembers = operation({
  operationId: "listMembers",
  method: "GET",
  path: "/members",
  summary: "Members of the organization by id, name and role: who can own a finding",
  tag: "Members",
  permission: "member.names",
  query: z.strictObject(pageQuery),
  response: listOf(memberName),
  status: 200,
  problems: ["invalid_input"],
});

export const listScans = operation({
  operationId: "listScans",
  method: "GET",
  path: "/scans",
  summary: "Scans, newest first",
  tag: "Scans",
  permission: "organization.view",
  query: z.strictObject({ ...pageQuery, accountId: accountId.optional() }),
  response: listOf(scan),
  status: 200,
  problems: ["invalid_input"],
});

export const requestScan = operation({
  operationId: "requestScan",
  method: "POST",
  path: "/scans",
  summary: "Request a scan; while one of this account is queued or running, that one is returned",
  tag: "Scans",
  permission: "scan.request",
  body: scanRequest,
  response: z.object({ id: z.uuid(), number: z.int() }),
  status: 202,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const getScan = operation({
  operationId: "getScan",
  method: "GET",
  path: "/scans/{number}",
  summary: "One scan with its call log",
  tag: "Scans",
  permission: "organization.view",
  params: numberParams,
  response: scanDetail,
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const getScanCall = operation({
  operationId: "getScanCall",
  method: "GET",
  path: "/scans/{number}/calls/{call}",
  summary: "One AWS call of a scan with its answer, proven by its SHA-256",
  tag: "Scans",
  permission: "organization.view",
  params: callParams,
  response: callDetail,
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const cancelScan = operation({
  operationId: "cancelScan",
  method: "POST",
  path: "/scans/{number}/cancel",
  summary: "Cancel a queued or running scan",
  tag: "Scans",
  permission: "scan.request",
  params: numberParams,
  response: scan,
  status: 200,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const listFindings = operation({
  operationId: "listFindings",
  method: "GET",
  path: "/findings",
  summary: "Findings, the most urgent first",
  tag: "Findings",
  permission: "organization.view",
  query: findingQuery(pageQuery),
  response: listOf(finding),
  status: 200,
  problems: ["invalid_input"],
});

export const getFinding = operation({
  operationId: "getFinding",
  method: "GET",
  path: "/findings/{key}",
  summary: "One finding with its evaluation, readings and history",
  tag: "Findings",
  permission: "organization.view",
  params: keyParams,
  response: findingDetail,
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const updateFinding = operation({
  operationId: "updateFinding",
  method: "PATCH",
  path: "/findings/{key}",
  summary:
    "Change owner, due date or ticket. Resolved cannot be set: it takes a verification, and the answer is 409 verification_required",
  tag: "Findings",
  permission: "finding.triage",
  params: keyParams,
  body: z.union([findingChange.omit({ key: true }), z.strictObject({ status: z.literal("resolved") })]),
  response: findingDetail,
  status: 200,
  problems: ["invalid_input", "not_found", "version_conflict", "verification_required"],
});

export const moveFinding = operation({
  operationId: "moveFinding",
  method: "POST",
  path: "/findings/{key}/transitions",
  summary:
    "Move a finding to another status. To claim it fixed a token needs the scope verify too; nobody sets Resolved",
  tag: "Findings",
  permission: "finding.triage",
  params: keyParams,
  body: findingMove.omit({ key: true }),
  response: movedFinding,
  status: 200,
  problems: [
    "invalid_input",
    "not_found",
    "forbidden",
    "version_conflict",
    "transition_not_allowed",
    "guard_unmet",
    "verification_required",
    "verification_running",
  ],
});

export const bulkChangeFindings = operation({
  operationId: "bulkChangeFindings",
  method: "POST",
  path: "/findings/bulk",
  summary:
    "Change up to 500 findings, each by itself: what one of them refuses keeps none of the others. To claim and to scan a token needs the scope for that too",
  tag: "Findings",
  permission: "finding.triage",
  body: bulkChange,
  response: bulkResult,
  status: 200,
  problems: ["invalid_input", "forbidden"],
  inSteps: true,
});

export const requestVerification = operation({
  operationId: "requestVerification",
  method: "POST",
  path: "/findings/{key}/verifications",
  summary:
    "Have a finding proven fixed. While it is open this claims that it is; while it awaits verification it is verified again; what is resolved is proven again",
  tag: "Verifications",
  permission: "finding.claim",
  params: keyParams,
  body: verificationRequest.omit({ key: true }),
  response: verificationStarted,
  status: 202,
  problems: [
    "invalid_input",
    "not_found",
    "version_conflict",
    "transition_not_allowed",
    "guard_unmet",
    "verification_running",
  ],
});

export const getVerification = operation({
  operationId: "getVerification",
  method: "GET",
  path: "/verifications/{id}",
  summary: "One verification: both keys, Region by Region, with their evidence",
  tag: "Verifications",
  permission: "organization.view",
  params: verificationName,
  response: verification,
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const retryVerification = operation({
  operationId: "retryVerification",
  method: "POST",
  path: "/verifications/{id}/retry",
  summary: "Have an inconclusive verification try again now, instead of at nextAt",
  tag: "Verifications",
  permission: "finding.claim",
  params: verificationName,
  body: verificationRetry.omit({ id: true }),
  response: verificationStarted,
  status: 202,
  problems: ["invalid_input", "not_found", "conflict", "guard_unmet", "verification_running"],
});

export const listEvents = operation({
  operationId: "listEvents",
  method: "GET",
  path: "/findings/{key}/events",
  summary: "The history of a finding, newest first",
  tag: "Findings",
  permission: "organization.view",
  params: keyParams,
  query: z.strictObject({ ...pageQuery, kind: z.enum(findingEventKinds.values).optional() }),
  response: listOf(findingEvent),
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const listComments = operation({
  operationId: "listComments",
  method: "GET",
  path: "/findings/{key}/comments",
  summary: "Comments on a finding, newest first",
  tag: "Findings",
  permission: "comment.read",
  params: keyParams,
  query: z.strictObject(pageQuery),
  response: listOf(comment),
  status: 200,
  problems: ["invalid_input", "not_found"],
});

export const postComment = operation({
  operationId: "postComment",
  method: "POST",
  path: "/findings/{key}/comments",
  summary: "Comment on a finding, for members to read. A comment is never changed: a correction is a new one",
  tag: "Findings",
  permission: "comment.write",
  params: keyParams,
  body: newComment.omit({ key: true }),
  response: comment,
  status: 201,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const lookAgain = operation({
  operationId: "lookAgain",
  method: "POST",
  path: "/findings/{key}/looks",
  summary:
    "Look again every 5 minutes for an hour, until the finding passes; while that goes on, what goes on is returned",
  tag: "Findings",
  permission: "scan.request",
  params: keyParams,
  response: looks,
  status: 202,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const scanFinding = operation({
  operationId: "scanFinding",
  method: "POST",
  path: "/findings/{key}/scans",
  summary:
    "Request a scan of the finding's account; while one of it is queued or running, that one is returned",
  tag: "Findings",
  permission: "finding.scan",
  params: keyParams,
  response: z.object({ id: z.uuid(), number: z.int() }),
  status: 202,
  problems: ["invalid_input", "not_found", "conflict"],
});

export const stopLooking = operation({
  operationId: "stopLooking",
  method: "DELETE",
  path: "/findings/{key}/looks",
  summary: "Stop looking again",
  tag: "Findings",
  permission: "scan.request",
  params: keyParams,
  status: 204,
  problems: ["invalid_input", "not_found"],
});

export const listViews = operation({
  operationId: "listViews",
  method: "GET",
  path: "/views",
  summary: "Views that the organization shares: filters of the findings list, each under a name",
  tag: "Views",
  permission: "organization.view",
  query: z.strictObject(pageQuery),
  response: listOf(view),
  status: 200,
  problems: ["invalid_input"],
});

export const createView = operation({
  operationId: "createView",
  method: "POST",
  path: "/views",
  summary: "Save filters under a name, for everybody in the organization",
  tag: "Views",
  permission: "view.share",
  body: newView.omit({ shared: true }),
  response: view,
  status: 201,
  problems: ["invalid_input", "conflict"],
});

export const updateView = operation({
  operationId: "updateView",
  method: "PATCH",
  path: "/views/{id}",
  summary: "Change name or filters of a shared view",
  tag: "Views",
  permission: "view.share",
  params: viewRemoval,
  body: viewChange.omit({ id: true }),
  response: view,
  status: 200,
  problems: ["invalid_input", "not_found", "conflict", "version_conflict"],
});

export const removeView = operation({
  operationId: "removeView",
  method: "DELETE",
  path: "/views/{id}",
  summary: "Remove a shared view; the findings stay as they are",
  tag: "Views",
  permission: "view.share",
  params: viewRemoval,
  status: 204,
  problems: ["invalid_input", "not_found"],
});

/** Every endpoint of the API. */
export const operations = [
  getDashboard,
  listAccounts,
  createAccount,
  getAccount,
  updateAccount,
  disconnectAccount,
  getConnection,
  testConnection,
  stopConnectionTest,
  listMembers,
  listScans,
  requestScan,
  getScan,
  getScanCall,
  cancelScan,
  listFindings,
  getFinding,
  updateFinding,
  moveFinding,
  bulkChangeFindings,
  requestVerification,
  getVerification,
  retryVerification,
  listEvents,
  listComments,
  postComment,
  scanFinding,
  lookAgain,
  stopLooking,
  listViews,
  createView,
  updateView,
  removeView,
] as const;
