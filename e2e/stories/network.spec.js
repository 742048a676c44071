// An item of one site, and people of two others who want it: each at the own site, in browsers of their own.

import { bid, confirm, expect, list, look, PASSWORD, prepare, register, test as base } from "../town/town.js";
import { open } from "../town/site.js";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const TITLE = "Station clock, 1962";

const test = base.extend({
  /** Oak, and below it Elm and Fir. */
  sites: async ({ letterbox }, use) => {
    const oak = await open(letterbox.port, { name: "Oak Street Auctions", network: {} });
    const below = { upstreams: [`${oak.address.replace("http", "ws")}/hub`] };
    const elm = await open(letterbox.port, { name: "Elm Charity Market", network: below });
    const fir = await open(letterbox.port, { name: "Fir Collectors", network: below });
    await use({ oak, elm, fir });
    for (const site of [fir, elm, oak]) await site.close();
  },
});

/** Finds the item in the list of the own site; gives the path of its page there. */
async function find({ page }) {
  const item = page.getByRole("article").filter({ hasText: TITLE });
  await expect(async () => {
    await page.goto("/");
    await expect(item).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(item).toContainText("Oak Street Auctions");
  await item.getByRole("link", { name: TITLE }).click();
  await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** What happens to an item of another site is said before the bid. */
async function toldBefore({ page }) {
  await expect(page.getByText("Oak Street Auctions alone decides about bids")).toBeVisible();
  await expect(page.getByText("Your name and mail address go with it, sealed for the winner's letter only")).toBeVisible();
  await expect(page.getByText("A bid cannot be taken back from here yet, and questions")).toBeVisible();
}

/** The seller sells to who leads. */
async function endNow({ page }, path) {
  await page.goto(`${path}/manage`);
  await look(page);
  await page.locator("form[action$=end-early] button").click();
  await page.getByRole("button", { name: "Yes, end it now" }).click();
  await page.waitForURL(`**${path}`);
}

const leads = ({ page }, maximum) => page.getByText(`You lead. Your maximum is ${maximum} EUR; nobody else sees it.`);
const outbid = ({ page }, maximum) => page.getByText(`Somebody else leads. Your maximum was ${maximum} EUR.`);

test("people of two sites bid on an item of a third, and the right one wins it", async ({ sites, somebody, letterbox }) => {
  const at = (name, site) => somebody(name, { baseURL: site.address });
  const [ann, bob, cy] = [await at("Ann", sites.oak), await at("Bob", sites.elm), await at("Cy", sites.fir)];
  for (const person of [ann, bob, cy]) await register(person);
  const atOak = await list(ann, { title: TITLE, price: "10" });
  const [atElm, atFir] = [await find(bob), await find(cy)];

  await test.step("a bid is sent, and leads as soon as the site of the item has said so", async () => {
    await toldBefore(bob);
    await prepare(bob, atElm, "50");
    await look(bob.page);
    await toldBefore(bob);
    await confirm(bob, atElm);
    // Nothing is loaded again by hand from here on.
    await expect(bob.page.locator("#sent")).toContainText("accepted by Oak Street Auctions");
    await expect(leads(bob, "50.00")).toBeVisible();
    await expect(cy.page.locator("[data-show=price]")).toHaveText("10.00\u00a0EUR");
    await expect(cy.page.locator("[data-show=leader]")).toHaveText(/ of Elm Charity Market$/);
    await look(bob.page);
  });

  await test.step("somebody at another site bids more, and both pages move", async () => {
    await bid(cy, atFir, "60");
    await expect(leads(cy, "60.00")).toBeVisible();
    await expect(outbid(bob, "50.00")).toBeVisible();
    await expect(bob.page.locator("[data-show=price]")).toHaveText("51.00\u00a0EUR");
    await expect(bob.page.locator("[data-show=leader]")).toHaveText(/ of Fir Collectors$/);
    const letter = await letterbox.letter(bob.address, /You have been outbid/);
    expect(letter.text).toContain("Site of the item: Oak Street Auctions");
    expect(letter.text).toContain(`${sites.elm.address}${atElm}`);
  });

  await test.step("he bids again and wins", async () => {
    await bid(bob, atElm, "80");
    await expect(leads(bob, "80.00")).toBeVisible();
    await expect(outbid(cy, "60.00")).toBeVisible();
    await endNow(ann, atOak);
    await expect(bob.page.locator(".state")).toHaveText("Sold");
    await expect(bob.page.getByText("Congratulations, you have won this for 61.00 EUR.")).toBeVisible();
    await expect(bob.page.getByText("Oak Street Auctions writes to you")).toBeVisible();
    await expect(cy.page.locator(".state")).toHaveText("Sold");
    await expect(cy.page.getByText("The auction has ended, and you did not win it.")).toBeVisible();
    // Sealed until now, so it may take a moment.
    await expect(async () => {
      await ann.page.reload();
      await expect(ann.page.locator(".contact")).toContainText(bob.address, { timeout: 500 });
    }).toPass();
    for (const person of [ann, bob, cy]) await look(person.page);
  });

  await test.step("the site of the item alone writes about the sale, and its link shows the seller", async () => {
    const won = await letterbox.letter(bob.address, /You have won/);
    expect(won.text).toContain("You bid through Elm Charity Market.");
    expect(won.from.text).not.toContain("Elm");
    expect((await letterbox.letter(ann.address, /Sold for 61.00 EUR/)).text).toContain(bob.address);
    await bob.page.goto(await letterbox.link(bob.address, /You have won/));
    expect(bob.page.url()).toContain(sites.oak.address);
    await expect(bob.page.locator(".contact")).toContainText(ann.address);
    await look(bob.page);
    expect(letterbox.to(bob.address).filter(({ subject }) => /You have won/.test(subject))).toHaveLength(1);
    expect(letterbox.to(cy.address).filter(({ subject }) => /won/.test(subject))).toEqual([]);
  });
  for (const person of [ann, bob, cy]) expect(person.errors).toEqual([]);
});

/** Becomes the administrator of a site that has none. */
async function administer(person, site) {
  const { page, address, name } = person;
  await page.goto(`/administrator?key=${site.administratorKey}`);
  await page.getByLabel("Mail address").fill(address);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Become the administrator" }).click();
  await expect(page.getByRole("link", { name: "Network" })).toBeVisible();
}

test("a moderator suspends somebody of another site, and not the one here with the same name", async ({ sites, somebody }) => {
  const [ada, ann] = [await somebody("Ada", { baseURL: sites.oak.address }), await somebody("Ann", { baseURL: sites.oak.address })];
  const bob = await somebody("Bob", { baseURL: sites.elm.address });
  await administer(ada, sites.oak);
  for (const person of [ann, bob]) await register(person);
  const path = await list(ada, { title: TITLE, price: "10" });
  const atElm = await find(bob);
  await bid(ann, path, "20");
  await bid(bob, atElm, "50");
  await expect(leads(bob, "50.00")).toBeVisible();

  const { page } = ada;
  await page.goto(`${path}/manage`);
  const people = page.getByRole("list").filter({ has: page.getByRole("button", { name: "Block" }) }).getByRole("listitem");
  await expect(people).toHaveCount(2);
  const [own, guest] = [people.nth(0), people.nth(1)];
  await expect(own).not.toContainText(" of ");
  await expect(guest).toContainText(" of Elm Charity Market");
  await expect(own.getByRole("button", { name: "Suspend" })).toHaveCount(0);
  await guest.getByRole("button", { name: "Suspend from this site" }).click();
  await look(page);
  await page.getByRole("button", { name: "Yes, suspend from this site" }).click();
  await page.goto(`${path}/manage`);
  await expect(guest).toContainText("suspended from this site");
  await look(page);

  // What stood is cancelled, on both sites, and nothing more is taken.
  await expect(ann.page.getByText("You lead. Your maximum is 20.00 EUR; nobody else sees it.")).toBeVisible();
  await expect(bob.page.locator("[data-show=offers]")).toHaveText("1");
  await guest.getByRole("button", { name: "Let back into this site" }).click();
  await bid(bob, atElm, "60");
  await expect(bob.page.locator("#sent")).toContainText("60.00\u00a0EUR");
  for (const person of [ada, ann, bob]) expect(person.errors).toEqual([]);
});

test("a webmaster sees the sites and decides about one", async ({ sites, somebody }) => {
  const ada = await somebody("Ada", { baseURL: sites.oak.address });
  const { page } = ada;
  await administer(ada, sites.oak);
  const row = page.getByRole("row", { name: "Fir Collectors" }).first();
  await expect(async () => {
    await page.goto("/network");
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByRole("img", { name: /This site at the top/ })).toContainText("Elm Charity Market");
  for (const viewport of Object.values(SIZES)) {
    await page.setViewportSize(viewport);
    await look(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(SIZES.desktop);
  await row.getByText("Change").click();
  await row.getByLabel("On this site").selectOption("shown after approval");
  await row.getByLabel("Why").fill("new to us");
  await row.getByRole("button", { name: "Decide" }).click();
  await expect(row).toContainText("shown after approval");
  await expect(row).toContainText("new to us");

  // What that site lists from now on waits for somebody here.
  const cy = await somebody("Cy", { baseURL: sites.fir.address });
  await register(cy);
  await list(cy, { title: "A lamp of Fir", price: "5" });
  await expect(async () => {
    await page.goto("/moderate");
    await expect(page.getByText("A lamp of Fir").first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await look(page);
  await page.getByRole("button", { name: "Show it here A lamp of Fir" }).click();
  await page.goto("/");
  await expect(page.getByRole("article").filter({ hasText: "A lamp of Fir" })).toBeVisible();

  await page.goto("/network");
  await row.getByText("Change").click();
  await row.getByLabel("On this site").selectOption("blocked");
  await row.getByRole("button", { name: "Decide" }).click();
  await page.getByText("Block list").click();
  await look(page);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByText("Save the list").click()]);
  expect(file.suggestedFilename()).toBe("blocklist.txt");
  await page.goto("/");
  await expect(page.getByText("A lamp of Fir")).toHaveCount(0);
  expect(ada.errors).toEqual([]);
});
