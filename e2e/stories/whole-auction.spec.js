// A whole auction: three people, each with a browser of their own, and a stranger who only looks.

import { bid, confirm, expect, list, look, prepare, register, test } from "../town/town.js";

const TEN_MINUTES = 600_000;

test("three people hold an auction, and everybody sees the right result", async ({ somebody, letterbox }) => {
  const [ann, ben, cleo, stranger] = [
    await somebody("Ann"), await somebody("Ben"), await somebody("Cleo"), await somebody("Stranger"),
  ];
  for (const person of [ann, ben, cleo]) await register(person);
  // The stranger's clock is wrong, which must not matter.
  await stranger.context.addInitScript((wrong) => {
    const right = Date.now;
    Date.now = () => right() + wrong;
  }, TEN_MINUTES);

  const title = "Station clock, 1962";
  const path = await list(ann, { title, price: "10", lasts: "25 seconds", window: "5 seconds" });
  await expect(ann.page.getByText("You sell this.")).toBeVisible();

  const idle = stranger.page;
  await idle.goto(path);
  const price = idle.locator("[data-show=price]");
  const end = idle.locator("[data-show=end]");
  const left = idle.locator("[data-show=left]");
  await expect(price).toHaveText("10.00 EUR");
  await expect(left).toHaveText(/^[12]?\d s left$/);
  const planned = await end.getAttribute("datetime");

  await test.step("two bid with maxima against each other, and the idle page follows", async () => {
    await bid(ben, path, "50");
    await expect(ben.page.getByText("You lead. Your maximum is 50.00 EUR; nobody else sees it.")).toBeVisible();
    await expect(idle.getByText("Price now")).toBeVisible();
    await bid(cleo, path, "40");
    await expect(cleo.page.getByText("Somebody else leads. Your maximum was 40.00 EUR.")).toBeVisible();
    await expect(price).toHaveText("41.00 EUR");
    await expect(idle.locator("[data-show=offers]")).toHaveText("2");
    await expect(idle.locator("[data-show=next]")).toHaveText("42.00 EUR");
  });

  await test.step("a bid in the last moments moves the end, and who is outbid reads it at once", async () => {
    await prepare(cleo, path, "60,50");
    await expect(cleo.page.locator(".grand")).toHaveText("60.50 EUR");
    await expect(left).toHaveText(/^[2-4] s left$/, { timeout: 30_000 });
    await confirm(cleo, path);
    await expect(cleo.page.getByText("You lead. Your maximum is 60.50 EUR; nobody else sees it.")).toBeVisible();
    await expect(ben.page.getByText("Somebody else leads. Your maximum was 50.00 EUR.")).toBeVisible();
    await expect(price).toHaveText("51.00 EUR");
    await expect.poll(async () => (await end.getAttribute("datetime")) > planned).toBe(true);
    await expect(idle.locator("#news")).toContainText("The price is now 51.00 EUR.");
  });

  await test.step("it closes by itself, on every page that is open", async () => {
    await expect(idle.locator(".state")).toHaveText("Sold", { timeout: 30_000 });
    await expect(idle.locator(".price")).toHaveText("51.00 EUR");
    await expect(idle.locator("#history")).toContainText("offered 50.00 EUR");
    await expect(idle.locator("#history")).not.toContainText("60.50");
    await expect(ben.page.getByText("The auction has ended, and you did not win it.")).toBeVisible();
    await expect(cleo.page.getByText("Congratulations, you have won this for 51.00 EUR.")).toBeVisible();
    await expect(ann.page.getByText("You have sold this for 51.00 EUR.")).toBeVisible();
    await expect(cleo.page.locator(".contact")).toContainText(ann.address);
    await expect(ann.page.locator(".contact")).toContainText(cleo.address);
    await expect(idle.locator(".contact")).toHaveCount(0);
  });

  await test.step("letters arrive", async () => {
    const outbid = await letterbox.letter(ben.address, /You have been outbid: Station clock/);
    expect(outbid.text).toContain(path);
    const won = await letterbox.letter(cleo.address, /You have won: Station clock/);
    expect(won.text).toContain(ann.address);
    const sold = await letterbox.letter(ann.address, /Sold for 51.00 EUR: Station clock/);
    expect(sold.text).toContain(cleo.address);
    // Whose first offer was too small never led, and has read so on the page.
    expect(letterbox.to(cleo.address).filter(({ subject }) => /outbid/.test(subject))).toEqual([]);
  });

  await test.step("the lists agree", async () => {
    await ben.page.goto("/my/bids");
    await expect(ben.page.getByRole("row", { name: title })).toContainText("Not won");
    await cleo.page.goto("/my/bids");
    await expect(cleo.page.getByRole("row", { name: title })).toContainText("Won");
    await ann.page.goto("/my/auctions");
    await expect(ann.page.getByRole("article").filter({ hasText: title })).toContainText("51.00 EUR");
    await idle.goto("/?list=closed");
    await expect(idle.getByRole("article").filter({ hasText: title })).toContainText("Sold");
    for (const person of [ann, ben, cleo, stranger]) await look(person.page);
    for (const person of [ann, cleo, stranger]) {
      await person.page.goto(path);
      await look(person.page);
    }
  });

  for (const person of [ann, ben, cleo, stranger]) expect(person.errors).toEqual([]);
});
