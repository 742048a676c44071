// Pages that the other stories do not reach, in light and dark, small and large.

import { bid, expect, list, look, PASSWORD, register, test } from "../town/town.js";

test("who follows the first link becomes the administrator", async ({ somebody, site }) => {
  const ada = await somebody("Ada");
  const { page } = ada;
  await page.goto(`/administrator?key=${site.administratorKey}`);
  await look(page);
  await page.getByLabel("Mail address").fill(ada.address);
  await page.getByLabel("Name", { exact: true }).fill("Ada");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Become the administrator" }).click();
  await page.getByRole("link", { name: "Approve" }).click();
  await expect(page.getByText("Nothing waits.")).toBeVisible();
  await look(page);
});

test("the other pages are as good", async ({ somebody }) => {
  const [ann, ben] = [await somebody("Ann"), await somebody("Ben")];
  for (const person of [ann, ben]) await register(person);
  const path = await list(ann, { title: "An accordion, red", description: "Two\n\nparagraphs", price: "100" });
  const { page } = ann;
  for (const place of [`${path}/manage`, `${path}/edit`, "/my/auctions", "/my/account", "/", "/nothing/here"]) {
    await page.goto(place);
    await look(page);
  }
  await bid(ben, path, "150");
  await look(ben.page);
  await ben.page.goto("/my/bids");
  await look(ben.page);
  await page.goto(`${path}/manage`);
  await look(page);
  await page.goto("/my/account");
  await page.getByLabel("Name", { exact: true }).fill("my phone");
  await page.getByLabel("Bid, buy, take back").check();
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.locator("code.key")).toContainText("anuko_token_");
  await look(page);
});

test("nothing is wider than a phone", async ({ somebody }) => {
  const ann = await somebody("Ann", { viewport: { width: 360, height: 740 } });
  await register(ann);
  const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(1);
  const path = await list(ann, { title: long, description: long.repeat(3), price: "9999999999.99" });
  const { page } = ann;
  for (const place of [path, "/", "/sell", `${path}/manage`, `${path}/edit`, "/my/auctions", "/my/bids", "/my/account"]) {
    await page.goto(place);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, place).toBeLessThanOrEqual(0);
  }
});
