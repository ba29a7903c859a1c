import type { NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run check` checks the types; a first start need not pay for it again.
  typescript: { ignoreBuildErrors: true },
  // This folder and none above it: a lockfile in someone's home directory must not move the built server.
  outputFileTracingRoot: process.cwd(),
  turbopack: { root: process.cwd() },
  typedRoutes: false,
  // Native modules, drivers with their own loaders, libraries that start worker threads, and dictionaries of megabytes
  // stay out of the bundle.
  serverExternalPackages: [
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "@node-rs/argon2",
    "bullmq",
    "ioredis",
    "pino",
    "@zxcvbn-ts/core",
    "@zxcvbn-ts/language-common",
    "@zxcvbn-ts/language-en",
  ],
  experimental: {
    // Unmatched URLs belong to no root layout; app/global-not-found.tsx answers them.
    globalNotFound: true,
    optimizePackageImports: ["radix-ui", "lucide-react"],
  },
};

export default config;
