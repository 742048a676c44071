// A site with its letterbox, and people who live there. `look` has axe look at a page, in light and dark.

import AxeBuilder from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";
import { Letterbox } from "./letterbox.js";
import { open } from "./site.js";

export { expect };

export const PASSWORD = "correct horse battery";

export const test = base.extend({
  letterbox: [async ({}, use) => {
    const letterbox = new Letterbox();
    letterbox.port = await letterbox.open();
    await use(letterbox);
    await letterbox.close();
  }, { scope: "worker" }],

  site: [async ({ letterbox }, use) => {
    const site = await open(letterbox.port);
    await use(site);
    await site.close();
  }, { scope: "worker" }],

  /** Opens a browser of its own for somebody: a stranger until they register. */
  somebody: async ({ browser, site, letterbox }, use) => {
    const contexts = [];
    await use(async (name, options = {}) => {
      const context = await browser.newContext({ baseURL: site.address, locale: "en-GB", ...options });
      contexts.push(context);
      const page = await context.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error));
      const address = `${name.toLowerCase()}-${contexts.length}-${base.info().workerIndex}-${Date.now()}@example.org`;
      return { name, address, context, page, errors, letterbox };
    });
    for (const context of contexts) await context.close();
  },
});

/** Registers, opens the letter, confirms; is signed in afterwards. */
export async function register(person) {
  const { page, name, address, letterbox } = person;
  await page.goto("/register");
  await lookOnce(page);
  await page.getByLabel("Mail address").fill(address);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
  await lookOnce(page);
  await page.goto(await letterbox.link(address, /confirm your mail address/));
  await lookOnce(page);
  await page.getByRole("button", { name: "Yes, this address is mine" }).click();
  await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Site" })).toContainText(name);
}

/** Lists something, and gives the path of its page. */
export async function list(person, { title, description = "", price, lasts = "7 days", window }) {
  const { page } = person;
  await page.goto("/sell");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Description").fill(description);
  await page.getByLabel("Start price").fill(price);
  await page.getByLabel("It runs for").selectOption({ label: lasts });
  if (window) {
    await page.getByText("Start, and the end of a close race").click();
    await page.getByLabel("A late offer moves the end by").selectOption({ label: window });
  }
  await page.getByRole("button", { name: "List it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** The first step of a bid: what would happen. */
export async function prepare(person, path, amount) {
  const { page } = person;
  await page.goto(path);
  await page.getByLabel("Your maximum").fill(amount);
  await page.getByRole("button", { name: "Go on" }).first().click();
  await expect(page.getByRole("heading", { name: "Is this right?" })).toBeVisible();
}

/** The second step. */
export async function confirm(person, path) {
  await person.page.getByRole("button", { name: /^Yes, offer/ }).click();
  await person.page.waitForURL(`**${path}#standing`);
}

export async function bid(person, path, amount) {
  await prepare(person, path, amount);
  await confirm(person, path);
}

/** Nothing that axe calls serious, in light and in dark. */
export async function look(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
    const told = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(told, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

const seen = new Set();

/** The same, for pages that every story comes by. */
async function lookOnce(page) {
  const { pathname } = new URL(page.url());
  if (!seen.has(pathname)) await look(page);
  seen.add(pathname);
}
