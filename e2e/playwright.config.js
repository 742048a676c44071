import { defineConfig } from "@playwright/test";

// The machines that run this have no way out, so the browser is told not to look for one.
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "stories",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // An auction of 25 seconds is fought out in real time; two at once would only get in each other's way.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET },
    locale: "en-GB",
    trace: "retain-on-failure",
  },
});
