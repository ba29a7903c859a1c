/** For the container's health check: exit code 0 when /api/health answers 200. The image carries no curl. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/api/health`).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
