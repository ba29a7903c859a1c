/** A trail that should record our own calls in a Region, and where it delivers. */
export interface DeliveringTrail {
  readonly arn: string;
  /** Absent when AWS did not say. */
  readonly bucket: string | null;
  readonly keyPrefix: string | null;
  /** Its log files lie below the id of the AWS organization. */
  readonly isOrganization: boolean;
}

/** What a fix must show by its deliveries, judged from the same facts as the verdict. */
export interface ExpectedDelivery {
  /** By enabled Region; empty where no trail records reads, so that our own calls cannot show it. */
  readonly trails: Readonly<Record<string, readonly DeliveringTrail[]>>;
  /** Whether a Region that is enabled later is logged: by a trail of all Regions. Null when that could not be read. */
  readonly coversNewRegions: boolean | null;
  readonly awsOrganizationId: string | null;
}
