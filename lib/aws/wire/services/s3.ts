import { S3Client } from "@aws-sdk/client-s3";
import { endpointTable, plainEndpoint } from "@/lib/aws/wire/endpoints";
import type { AwsService } from "./service";

const endpoint = endpointTable(() => {
  const { endpointProvider } = new S3Client({ region: "us-east-1" }).config;
  return (region) => endpointProvider({ Region: region, ...plainEndpoint });
});

export const s3: AwsService<S3Client> = {
  name: "s3",
  makeClient: (settings) =>
    new S3Client({
      ...settings,
      // An AWS of your own has no name for each bucket.
      forcePathStyle:
        settings.endpoint !== undefined && settings.endpoint !== endpoint(settings.region).endpoint,
      // We hash what we read; and what is not said here would be looked up in the environment.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      useArnRegion: false,
      disableMultiregionAccessPoints: true,
      disableS3ExpressSessionAuth: true,
    }),
  endpoint,
  answersInXml: true,
};
