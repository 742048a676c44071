// The hub as a program: on a free port, in a folder that outlives a stop.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const BINARIES = process.env.ANUKO_BINARIES ?? resolve(import.meta.dirname, "../../target/debug");
const PROGRAM = join(BINARIES, "anuko-hub");

/** A hub with these settings, not running yet: `run` gives a command to it, `serve` opens it. */
export async function hub(settings) {
  const folder = await mkdtemp(join(tmpdir(), "anuko-hub-e2e-"));
  const env = { ...process.env, ANUKO_HUB_LISTEN: "localhost:0", ANUKO_HUB_LOG_LEVEL: "error" };
  for (const [name, value] of Object.entries(settings)) env[`ANUKO_HUB_${name.toUpperCase()}`] = value;
  const run = async (...words) => (await promisify(execFile)(PROGRAM, words, { cwd: folder, env })).stdout;
  let program;
  const stop = async () => {
    if (!program) return;
    const ended = new Promise((resolve) => program.on("close", resolve));
    program.kill("SIGTERM");
    await ended;
    program = undefined;
  };
  return {
    run,
    stop,
    key: (await run("keygen")).trim(),
    async serve(...flags) {
      program = spawn(PROGRAM, flags, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
      this.address = await new Promise((open, fail) => {
        program.stdout.on("data", (data) => open(String(data).match(/ is open at (\S+)/)?.[1]));
        program.on("close", (code) => fail(new Error(`the hub ended with ${code}`)));
      });
      this.url = `${this.address.replace("http", "ws")}/hub`;
    },
    async status() {
      return (await fetch(`${this.address}/status`)).json();
    },
    async forget() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
