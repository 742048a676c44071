// The page about a hub, in good and in bad weather: large and small, light and dark.

import { expect, look, test as base } from "../town/town.js";
import { hub } from "../town/hub.js";

const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

const test = base.extend({
  /** A hub with an upstream, one that nobody can reach, a neighbour that is away, and one that asks to be let in. */
  harbour: async ({}, use) => {
    const upstream = await hub({ name: "Upstream Harbour", join: "open" });
    const [away, asking] = [await hub({ name: "Island, away" }), await hub({ name: "Newcomer" })];
    await upstream.serve();
    const harbour = await hub({
      name: "Harbour Hub",
      contact: "harbour@example.org",
      policy: "Everything about auctions in the harbour.",
      upstreams: `${upstream.url}#${upstream.key},ws://127.0.0.1:1/hub`,
    });
    const { token } = JSON.parse(await harbour.run("tokens", "create", "--name", "shop"));
    await harbour.serve();
    await knows(harbour, away, "pending");
    await harbour.run("neighbours", "approve", away.key);
    await away.stop();
    await knows(harbour, away, "active");
    await away.stop();
    await knows(harbour, asking, "pending");
    for (const id of ["1", "2", "3"]) await post(harbour, token, id);
    await until(harbour, ({ neighbours }) => neighbours.some((one) => one.key === away.key && one.waiting > 0));
    await until(harbour, ({ alarms }) => alarms.some((alarm) => alarm.includes("was not reached yet")));
    await use({ ...harbour, away, asking });
    for (const one of [asking, away, harbour, upstream]) await one.forget();
  },

  /** A hub that nobody knows. */
  lonely: async ({}, use) => {
    const lonely = await hub({ name: "Lonely Hub" });
    await lonely.serve();
    await use(lonely);
    await lonely.forget();
  },
});

async function knows(harbour, neighbour, standing) {
  await neighbour.serve("--upstream", `${harbour.url}#${harbour.key}`);
  await until(harbour, ({ neighbours }) =>
    neighbours.some((one) => one.key === neighbour.key && one.standing === standing && (standing === "pending" || one.linked)));
}

async function until(harbour, isSo) {
  await expect.poll(async () => isSo(await harbour.status()), { timeout: 60_000 }).toBe(true);
}

async function post(harbour, token, id) {
  const event = { specversion: "1.0", id, source: "/shop", type: "org.example.sold", data: { price: "10.00" } };
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/cloudevents+json" };
  const answer = await fetch(`${harbour.address}/v1/messages`, { method: "POST", headers, body: JSON.stringify(event) });
  expect(answer.status).toBe(202);
}

/** Axe is content in light and dark, nothing is wider than the page, and a picture is kept for who wants to look. */
async function lookAt(page, name, info) {
  await look(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, name).toBeLessThanOrEqual(0);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`), fullPage: true });
  }
}

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`a webmaster reads on a ${size} how the hub stands`, async ({ browser, harbour }, info) => {
    const context = await browser.newContext({ viewport, baseURL: harbour.address });
    const page = await context.newPage();
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "Harbour Hub" })).toBeVisible();
    await expect(page.getByText(/^Linked with 1 hub; \d envelopes? waits? for 1 hub\.$/)).toBeVisible();
    for (const words of [harbour.key, "harbour@example.org", "Everything about auctions"]) {
      await expect(page.getByText(words).first()).toBeVisible();
    }
    const rows = page.getByRole("row");
    await expect(rows.filter({ hasText: "Upstream Harbour" })).toContainText(/linked for .*, level/);
    await expect(rows.filter({ hasText: harbour.away.key })).toContainText(/not linked; .*; \d envelopes? waits?/);
    await expect(rows.filter({ hasText: harbour.asking.key })).toContainText("asks to be let in");
    await expect(page.getByRole("alert")).toContainText(`${harbour.asking.key} asks to be let in`);
    const text = await page.locator("main").innerText();
    expect(text, "no code is shown to people").not.toMatch(/[a-z]_[a-z]/);
    expect(text, "one is no plural").not.toMatch(/\b1 (envelope|origin|hub|second|minute|byte)s/);
    await lookAt(page, `harbour-${size}`, info);
    await context.close();
  });

  test(`a hub that nobody knows has a page on a ${size}`, async ({ browser, lonely }, info) => {
    const context = await browser.newContext({ viewport, baseURL: lonely.address });
    const page = await context.newPage();
    await page.goto("/status");
    await expect(page.getByText("Linked with nobody; nothing waits.")).toBeVisible();
    await expect(page.getByText("Nobody is linked with this hub yet.")).toBeVisible();
    await lookAt(page, `lonely-${size}`, info);
    await context.close();
  });
}
