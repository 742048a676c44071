// A hub as an application sees it, and a receiver of webhooks that answers the CloudEvents handshake.

import assert from "node:assert/strict";
import { createServer } from "node:http";

export class Hub {
  constructor(address, token) {
    this.address = address;
    this.token = token;
  }

  ask(path, { headers = {}, ...more } = {}) {
    const signal = more.method ? AbortSignal.timeout(60_000) : undefined;
    return fetch(this.address + path, { headers: { authorization: `Bearer ${this.token}`, ...headers }, signal, ...more });
  }

  /** Posts what an SDK has made; where it stands afterwards. */
  async post({ headers, body }) {
    const answer = await this.ask("/v1/messages", { method: "POST", headers, body });
    assert.equal(answer.status, 202, await answer.clone().text());
    return answer.json();
  }

  async webhook(wish) {
    const answer = await this.ask("/v1/webhooks", { method: "POST", body: JSON.stringify(wish) });
    return answer.json();
  }

  /** Server-sent events of a source: the data of each. */
  async *events(source) {
    const answer = await this.ask(`/v1/messages?from=oldest&source=${encodeURIComponent(source)}`);
    let text = "";
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      text += part;
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events) {
        const data = event.split("\n").filter((line) => line.startsWith("data: "));
        if (data.length > 0) yield data.map((line) => line.slice(6)).join("\n");
      }
    }
  }
}

/** Listens on a free port. `allows`: what it answers to the handshake. */
export async function receiver(allows) {
  const [asked, delivered, waiting] = [[], [], []];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    if (request.method === "OPTIONS") {
      asked.push(request.headers);
      response.writeHead(200, allows).end();
      return;
    }
    const delivery = { headers: request.headers, body: Buffer.concat(parts).toString() };
    const first = waiting.shift();
    if (first) first(delivery);
    else delivered.push(delivery);
    response.writeHead(204).end();
  });
  await new Promise((open) => server.listen(0, "127.0.0.1", open));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    asked,
    next: () => (delivered.length > 0 ? delivered.shift() : new Promise((resolve) => waiting.push(resolve))),
  };
}
