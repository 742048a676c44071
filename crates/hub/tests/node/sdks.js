// What ordinary libraries of Node say to a hub, and what they make of its answers: `cloudevents` and `standardwebhooks`.
// Arguments: the address of a hub, the token of a sender, that of a listener. Any surprise is an error.

import { CloudEvent, HTTP } from "cloudevents";
import assert from "node:assert/strict";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { Hub, receiver } from "./hub.js";

const SOURCE = "/node";
const PRICE = { price: "10.00", what: "Bügeleisen „Ära“ 100 %" };
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const OURS = ["hubkey", "hubepoch", "hubnumber", "hubindex"];

const event = (id, data, more = {}) => new CloudEvent({ id, source: SOURCE, type: "org.example.sold", data, ...more });

const SENT = [
  ["binary", event("1", PRICE, { datacontenttype: "application/json", subject: "one" })],
  ["structured", event("2", PRICE, { datacontenttype: "application/json", subject: "Stück 2", trace: "a1b2" })],
  ["structured", event("3", BYTES, { datacontenttype: "application/octet-stream" })],
  ["structured", event("4", "grün", { datacontenttype: "text/plain; charset=utf-8" })],
];
const MANY = Array.from({ length: 5 }, (_, n) => event(`batch ${n}`, { n }, { datacontenttype: "application/json" }));
const ALL = [...SENT.map(([, sent]) => sent), ...MANY];

// The library reads bytes into an array of wider numbers than it was given; what counts is their values.
const values = (data) => (ArrayBuffer.isView(data) ? Array.from(data) : data);

function isTheSame(got, sent) {
  const told = JSON.parse(got.toString());
  for (const name of OURS) delete told[name];
  assert.deepEqual(told, JSON.parse(sent.toString()));
  assert.deepEqual(values(got.data), values(sent.data));
}

async function whatIsPostedIsReadAgain(sender, listener) {
  const receipts = [];
  for (const [mode, sent] of SENT) receipts.push(await sender.post(HTTP[mode](sent)));
  const batch = { "content-type": "application/cloudevents-batch+json" };
  receipts.push(...(await sender.post({ headers: batch, body: JSON.stringify(MANY) })));
  let place = 0;
  for await (const body of listener.events(SOURCE)) {
    const got = HTTP.toEvent({ headers: { "content-type": "application/cloudevents+json" }, body });
    isTheSame(got, ALL[place]);
    const { epoch, number, index } = receipts[place];
    assert.deepEqual([got.hubepoch, got.hubnumber, got.hubindex], [String(epoch), String(number), index]);
    if (++place === ALL.length) break;
  }
  console.log(`${SENT.map(([mode]) => mode)} and a batch of ${MANY.length} in, read again from server-sent events`);
}

async function deliveriesAreAskedForAndSigned(listener) {
  const { url, asked, next } = await receiver({ "WebHook-Allowed-Origin": "*", "WebHook-Allowed-Rate": "*" });
  const made = await listener.webhook({ url, from: "oldest", sources: [SOURCE], batch: 100 });
  assert.equal(asked[0]["webhook-request-origin"], "localhost");
  assert.deepEqual([made.state, made.rate], ["active", null]);
  const webhook = new Webhook(made.secret);
  const { headers, body } = await next();
  webhook.verify(body, headers);
  const events = HTTP.toEvent({ headers, body });
  assert.equal(events.length, ALL.length);
  events.forEach((got, place) => isTheSame(got, ALL[place]));
  console.log(`a batch of ${events.length} out: allowed by the handshake, verified, read`);
  const altered = { ...headers, "webhook-id": `${headers["webhook-id"]}0` };
  assert.throws(() => webhook.verify(body.replace("10.00", "10.01"), headers), WebhookVerificationError);
  assert.throws(() => webhook.verify(body, altered), WebhookVerificationError);
  console.log("an altered webhook is refused");
}

const [address, ...tokens] = process.argv.slice(2);
const [sender, listener] = tokens.map((token) => new Hub(address, token));
await whatIsPostedIsReadAgain(sender, listener);
await deliveriesAreAskedForAndSigned(listener);
console.log("Node: done");
process.exit(0);
