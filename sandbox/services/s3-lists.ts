import { createHash } from "node:crypto";
import type { Bucket, LogObject } from "../model/buckets";
import { type Answer, xmlAnswer } from "../wire/answer";
import { escapeXml, toXml } from "../wire/xml";
import type { S3Call } from "./s3-call";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

export function listBuckets({ world, principal, requestId }: S3Call): Answer {
  const own = [...world.buckets.values()].filter((bucket) => bucket.ownerAccount === principal.account.id);
  const buckets = own
    .map(
      (bucket) =>
        `<Bucket>${toXml({ Name: bucket.name, CreationDate: iso(bucket.createdAt) }, "member")}</Bucket>`,
    )
    .join("");
  const owner = toXml({ ID: principal.account.id, DisplayName: principal.account.name }, "member");
  return xmlAnswer(
    200,
    requestId,
    `<ListAllMyBucketsResult xmlns="${namespace}"><Owner>${owner}</Owner><Buckets>${buckets}</Buckets></ListAllMyBucketsResult>`,
  );
}

/** Keys in order, with prefix, delimiter, page size and continuation. */
export function listObjects(call: S3Call, bucket: Bucket, second: boolean): Answer {
  const { query } = call.request;
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const after = query.get("continuation-token") ?? query.get("start-after") ?? query.get("marker") ?? "";
  const limit = Math.min(Number(query.get("max-keys") ?? "1000") || 1_000, 1_000);
  const encode = query.get("encoding-type") === "url" ? encodeKey : (key: string) => escapeXml(key);
  settleAll(call);
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const objects: LogObject[] = [];
  const folders = new Set<string>();
  let last = "";
  let truncated = false;
  for (const key of keys) {
    const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const folder = cut === -1 ? undefined : key.slice(0, cut + delimiter.length);
    // A page that ended inside a folder goes on behind it.
    if (folder !== undefined && (folders.has(folder) || after.startsWith(folder))) {
      last = key;
      continue;
    }
    if (objects.length + folders.size >= limit) {
      truncated = true;
      break;
    }
    last = key;
    if (folder !== undefined) folders.add(folder);
    else objects.push(bucket.objects.get(key) as LogObject);
  }
  const contents = objects.map((object) => `<Contents>${content(object, encode)}</Contents>`).join("");
  const common = [...folders]
    .map((f) => `<CommonPrefixes><Prefix>${encode(f)}</Prefix></CommonPrefixes>`)
    .join("");
  const next = truncated ? (second ? "NextContinuationToken" : "NextMarker") : undefined;
  const fields =
    `<Name>${bucket.name}</Name><Prefix>${encode(prefix)}</Prefix>` +
    (delimiter ? `<Delimiter>${encode(delimiter)}</Delimiter>` : "") +
    (query.has("encoding-type") ? "<EncodingType>url</EncodingType>" : "") +
    `<MaxKeys>${limit}</MaxKeys><IsTruncated>${truncated}</IsTruncated>` +
    (second ? `<KeyCount>${objects.length + folders.size}</KeyCount>` : "<Marker></Marker>") +
    (next ? `<${next}>${escapeXml(last)}</${next}>` : "");
  return xmlAnswer(
    200,
    call.requestId,
    `<ListBucketResult xmlns="${namespace}">${fields}${contents}${common}</ListBucketResult>`,
  );
}

/** Deliveries fall due between requests for a status; a listing of the bucket must show them. */
function settleAll({ world }: S3Call): void {
  for (const trail of world.trails.values()) {
    for (const key of trail.regional.keys()) {
      const [accountId = "", region = ""] = key.split("/");
      const account = world.accounts.get(accountId);
      if (account) world.status(trail, account, region);
    }
  }
}

function content(object: LogObject, encode: (key: string) => string): string {
  const body = object.read();
  return `<Key>${encode(object.key)}</Key>${toXml(
    {
      // S3 counts whole seconds.
      LastModified: iso(Math.floor(object.modifiedAt / 1_000) * 1_000),
      ETag: `"${createHash("md5").update(body).digest("hex")}"`,
      Size: body.length,
      StorageClass: "STANDARD",
    },
    "member",
  )}`;
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replace(/%2F/g, "/");
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
