/** One-shot step of a demo installation: makes the demo organization unless it is there. Never part of `--real`. */
import { seedDemo } from "@/workers/demo/seed-demo";

function given(name: string): string {
  const value = process.env[name];
  if (value) return value;
  process.stderr.write(`${name} is not set: this step is run by npm start.\n`);
  process.exit(64);
}

await seedDemo({
  email: given("DEMO_EMAIL"),
  password: given("DEMO_PASSWORD"),
  apiToken: given("DEMO_API_TOKEN"),
  organization: { slug: given("DEMO_ORGANIZATION"), name: given("DEMO_ORGANIZATION_NAME") },
});
