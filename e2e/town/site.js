// The real program on a free port, in a temporary folder.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARIES = process.env.ANUKO_BINARIES ?? resolve(import.meta.dirname, "../../target/debug");

const settings = (folder, mail, { name, network }) => `
listen = ["localhost:0"]
data = ${JSON.stringify(join(folder, "data"))}
name = ${JSON.stringify(name)}
allow_short_auctions = true

[mail]
transport = "smtp"
smtp_url = "smtp://127.0.0.1:${mail}"

[limits]
requests_per_second_per_address = 0
bids_per_second_per_person = 0
sign_in_attempts_per_minute = 0

[log]
level = "warn"
${network ? `
[network]
downstreams = true
join = "open"
contact = "webmaster@example.org"
upstreams = ${JSON.stringify(network.upstreams ?? [])}
` : ""}`;

/**
 * Starts a site that sends its letters to this port. Gives its address, and a way to stop it.
 * `network`: it is a node, and dials these `upstreams`.
 */
export async function open(mail, { name = "Station Hall Auctions", network } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "anuko-auction-e2e-"));
  const file = join(folder, "anuko-auction.toml");
  await writeFile(file, settings(folder, mail, { name, network }));
  const program = spawn(join(BINARIES, "anuko-auction"), ["--config", file, "serve"], { cwd: folder });
  const said = [];
  program.stderr.on("data", (data) => said.push(data));
  const ended = new Promise((resolve) => program.on("close", resolve));
  const { address, key } = await greeting(program, ended, said);
  return {
    address,
    administratorKey: key,
    async close() {
      program.kill("SIGTERM");
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the site ended with ${code}:\n${said.join("")}`);
    },
  };
}

/** What the program says when it is ready. */
function greeting(program, ended, said) {
  return new Promise((resolve, reject) => {
    let out = "";
    program.stdout.on("data", (data) => {
      out += data;
      const address = out.match(/ is open at (\S+)/)?.[1];
      const key = out.match(/administrator\?key=(\w+)/)?.[1];
      if (address && key) resolve({ address, key });
    });
    program.on("error", reject);
    ended.then((code) => reject(new Error(`the site did not start (${code}):\n${out}${said.join("")}`)));
  });
}
