/** Whom the sandbox takes for the scanner; its role is what the demo accounts' roles trust. */
const demoScanner = {
  accessKeyId: "AKIA999999999999SCAN",
  secretAccessKey: "not-a-secret-the-sandbox-checks-no-signatures",
  principalArn: "arn:aws:iam::999999999999:role/posturio-scanner",
};

/** What the demo organization is called and how one signs in to it. */
export function demoEnvironment(secrets) {
  return {
    organization: "acme",
    organizationName: "Acme",
    email: "demo@acme.example",
    password: secrets.demoPassword,
    apiToken: secrets.demoToken,
  };
}

/**
 * Each process gets what it needs and no more. The web process never gets AWS credentials or endpoints, the demo
 * worker gets those of the sandbox alone, and only the migration step knows the owner of the database, only the worker its keeper.
 * The sandbox gets no secret of the product, and a real installation is no demo whatever the shell says.
 */
export function processEnvironments({ real, dev = false, url, port, secrets, database, sandboxUrl }) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|DATABASE_|NODE_OPTIONS$|POSTURIO_(HOME|DEMO)$|PORT$|HOSTNAME$)/.test(name),
  );
  const ambient = Object.fromEntries(inherited);
  const withoutAws = Object.fromEntries(
    inherited.filter(([name]) => !/^(AWS_|POSTURIO_AWS_ENDPOINT$|POSTURIO_ALLOW_AWS_ENDPOINT$)/.test(name)),
  );
  const withoutSecrets = Object.fromEntries(
    Object.entries(withoutAws).filter(([name]) => !/^(NEXTAUTH_SECRET|REDIS_URL)$/.test(name)),
  );
  const shared = {
    NODE_ENV: dev ? "development" : "production",
    DATABASE_URL: database.appUrl,
    DATABASE_AUTH_URL: database.authUrl,
    POSTURIO_URL: url,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || secrets.nextauthSecret,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...(real
      ? // Only this machine reaches it: whoever started it signs up.
        { POSTURIO_SIGNUP: process.env.POSTURIO_SIGNUP || "open" }
      : {
          POSTURIO_DEMO: "1",
          // The sandbox delivers after 20 s: a repaired account is verified within a minute of the claim.
          POSTURIO_VERIFICATION_LOOKS:
            process.env.POSTURIO_VERIFICATION_LOOKS || "10,20,30,45,60,90,120,180,240",
          POSTURIO_VERIFICATION_GIVE_UP: process.env.POSTURIO_VERIFICATION_GIVE_UP || "240",
          POSTURIO_PRINCIPAL_ARN_AWS: demoScanner.principalArn,
        }),
  };
  const demo = demoEnvironment(secrets);
  const sandbox = real ? {} : { POSTURIO_AWS_ENDPOINT: sandboxUrl };
  const keeper = database.keeperUrl ? { DATABASE_KEEPER_URL: database.keeperUrl } : {};
  return {
    sandbox: withoutSecrets,
    web: {
      ...withoutAws,
      ...shared,
      PORT: String(port),
      HOSTNAME: "127.0.0.1",
      NEXT_TELEMETRY_DISABLED: "1",
    },
    worker: real
      ? { ...ambient, ...shared, ...keeper }
      : {
          ...withoutAws,
          ...shared,
          ...keeper,
          ...sandbox,
          AWS_ACCESS_KEY_ID: demoScanner.accessKeyId,
          AWS_SECRET_ACCESS_KEY: demoScanner.secretAccessKey,
          AWS_REGION: "us-east-1",
          AWS_EC2_METADATA_DISABLED: "true",
          AWS_CONFIG_FILE: "/dev/null",
          AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        },
    migrate: database.ownerUrl
      ? {
          ...withoutAws,
          DATABASE_URL: database.appUrl,
          DATABASE_AUTH_URL: database.authUrl,
          DATABASE_OWNER_URL: database.ownerUrl,
          ...keeper,
          ...(database.adminUrl ? { DATABASE_ADMIN_URL: database.adminUrl } : {}),
        }
      : null,
    seed: {
      ...withoutAws,
      ...shared,
      ...sandbox,
      DEMO_ORGANIZATION: demo.organization,
      DEMO_ORGANIZATION_NAME: demo.organizationName,
      DEMO_EMAIL: demo.email,
      DEMO_PASSWORD: demo.password,
      DEMO_API_TOKEN: demo.apiToken,
    },
  };
}
