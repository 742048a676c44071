// Forms that lose nothing, count once, and need no script.

import { bid, confirm, expect, list, look, PASSWORD, prepare, register, test } from "../town/town.js";

test("what was typed comes back, with what is wrong named", async ({ somebody }) => {
  const ann = await somebody("Ann");
  await register(ann);
  const { page } = ann;
  await page.goto("/sell");
  await look(page);
  await page.getByLabel("Title").fill("A bowl");
  await page.getByLabel("Description").fill("Blue.\n\nA chip at the rim.");
  await page.getByLabel("Reverse").check();
  await page.getByLabel("Start price").fill("1,250");
  await page.getByRole("button", { name: "List it" }).click();
  const problem = page.getByRole("alert");
  await expect(problem).toBeFocused();
  await look(page);
  await problem.getByRole("link", { name: "Start price: This could mean thousands or decimals." }).click();
  await expect(page.getByLabel("Start price")).toBeFocused();
  await expect(page.getByLabel("Start price")).toHaveValue("1,250");
  await expect(page.getByLabel("Start price")).toHaveAccessibleDescription(/This could mean thousands/);
  await expect(page.getByLabel("Title")).toHaveValue("A bowl");
  await expect(page.getByLabel("Description")).toHaveValue("Blue.\n\nA chip at the rim.");
  await expect(page.getByLabel("Reverse")).toBeChecked();
  await page.getByLabel("Start price").fill("1250");
  await page.getByRole("button", { name: "List it" }).click();
  await expect(page.locator(".price")).toHaveText("1250.00 EUR");
});

test("a bid that cannot be taken is explained beside the box", async ({ somebody }) => {
  const [ann, ben] = [await somebody("Ann"), await somebody("Ben")];
  for (const person of [ann, ben]) await register(person);
  const path = await list(ann, { title: "A lamp", price: "20" });
  await look(ann.page);
  const { page } = ben;
  await page.goto(path);
  await page.getByLabel("Your maximum").fill("19.99");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByLabel("Your maximum")).toHaveValue("19.99");
  await expect(page.getByLabel("Your maximum")).toHaveAccessibleDescription(/please offer at least 20.00 EUR/);
  await look(page);
});

test("the same form sent twice is one bid", async ({ somebody }) => {
  const [ann, ben, cleo] = [await somebody("Ann"), await somebody("Ben"), await somebody("Cleo")];
  for (const person of [ann, ben, cleo]) await register(person);
  const path = await list(ann, { title: "A chair", price: "5" });
  await test.step("by two clicks", async () => {
    await prepare(ben, path, "30");
    await look(ben.page);
    await ben.page.getByRole("button", { name: /^Yes, offer/ }).dblclick();
    await ben.page.waitForURL(`**${path}#standing`);
    await expect(ben.page.locator("[data-show=offers]")).toHaveText("1");
  });
  await test.step("by two requests at the same moment", async () => {
    await prepare(cleo, path, "20");
    const inputs = await cleo.page.locator("main form input").all();
    const form = {};
    for (const input of inputs) form[await input.getAttribute("name")] = await input.inputValue();
    const send = () => cleo.page.request.post(`${path}/offer`, { form, maxRedirects: 0 });
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303]);
    await cleo.page.goto(path);
    await expect(cleo.page.locator("[data-show=offers]")).toHaveText("2");
    await expect(cleo.page.locator("#history tbody tr")).toHaveCount(2);
  });
});

test("without a script one registers, lists and bids all the same", async ({ somebody }) => {
  const plain = { javaScriptEnabled: false };
  const [ann, ben] = [await somebody("Ann"), await somebody("Ben", plain)];
  await register(ann);
  const path = await list(ann, { title: "A kettle", price: "5" });
  const { page, address, letterbox } = ben;
  await page.goto("/register");
  await page.getByLabel("Mail address").fill(address);
  await page.getByLabel("Name", { exact: true }).fill("Ben");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Register" }).click();
  await page.goto(await letterbox.link(address, /confirm your mail address/));
  await page.getByRole("button", { name: "Yes, this address is mine" }).click();
  await page.getByRole("link", { name: "Look at the auctions" }).click();
  await page.getByRole("link", { name: "A kettle" }).click();
  await bid(ben, path, "12.50");
  await expect(page.getByText("You lead. Your maximum is 12.50 EUR; nobody else sees it.")).toBeVisible();
  await page.getByText("Take back my offers").click();
  await page.getByLabel("Reason").fill("I typed it wrong");
  await page.getByRole("button", { name: "Go on" }).last().click();
  await page.getByRole("button", { name: "Take back my offers" }).click();
  await expect(page.locator("[data-show=offers]")).toHaveText("0");
});

test("signing in leads back, but never to another site", async ({ somebody }) => {
  const ann = await somebody("Ann");
  await register(ann);
  const { page, address } = ann;
  const signIn = async () => {
    await page.getByLabel("Mail address").fill(address);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  };
  const signOut = () => page.getByRole("button", { name: "Sign out" }).click();
  await signOut();
  await page.goto("/my/bids");
  await look(page);
  await signIn();
  await page.waitForURL("**/my/bids");
  for (const elsewhere of ["https://evil.example/", "//evil.example/", "/\\evil.example", "/%5Cevil.example"]) {
    await signOut();
    await page.goto(`/sign-in?then=${elsewhere}`);
    await signIn();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/");
  }
});

test("a forgotten password is replaced by the link in a letter", async ({ somebody }) => {
  const ann = await somebody("Ann");
  await register(ann);
  const { page, address, letterbox } = ann;
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/forgot");
  await look(page);
  await page.getByLabel("Mail address").fill(address);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.goto(await letterbox.link(address, /Choose a new password/));
  await look(page);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/This is too short/);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await page.getByLabel("Password").fill("another good one");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
});
