// Keeps what a page shows true while it is open: prices as they change, countdowns by the clock of the site.
// Without this file everything works; one loads the page again to see news.

const main = document.getElementById("main");
const news = document.getElementById("news");

/** How far the clock of the site is ahead of this one, in milliseconds. */
let ahead = Date.parse(main.dataset.now) - Date.now();

/** The moment by the clock of the site. */
const siteNow = () => Date.now() + ahead;

/** A pattern such as "{hours} h {minutes} min left" with its values set in. */
const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

function left(milliseconds) {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = { days: Math.floor(total / 86400), hours: Math.floor(total / 3600) % 24,
    minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
  const { leftDays, leftHours, leftMinutes, leftSeconds } = main.dataset;
  const pattern = parts.days ? leftDays : parts.hours ? leftHours : parts.minutes ? leftMinutes : leftSeconds;
  return filled(pattern, parts);
}

function countDown() {
  for (const place of document.querySelectorAll("[data-ends]")) {
    write(place, left(Date.parse(place.dataset.ends) - siteNow()));
  }
  for (const place of document.querySelectorAll("[data-ago]")) {
    write(place, ago(siteNow() - Date.parse(place.dateTime), place.dataset));
  }
}

/** How long ago that was, in one unit. */
function ago(milliseconds, patterns) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60000));
  const parts = { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60), minutes };
  const pattern = parts.days ? patterns.days : parts.hours ? patterns.hours : minutes ? patterns.minutes : patterns.now;
  return filled(pattern, parts);
}

/** Writes only what differs: a screen reader and a selection are left alone otherwise. */
function write(place, text) {
  if (place.textContent === text) return false;
  place.textContent = text;
  return true;
}

/** Speaks at most every few seconds, and then only of the newest. */
const SILENCE = 4000;
let spoken = -SILENCE;
let waiting = null;

function announce(text) {
  const wait = spoken + SILENCE - performance.now();
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    spoken = performance.now();
    news.textContent = text;
  }, Math.max(0, wait));
}

/** A moment as the server writes it: Sunday 22 November 2026, 18:00:05 UTC. */
function moment(text, zone, language) {
  const parts = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZoneName: "short",
  }).formatToParts(new Date(text));
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month} ${part.year}, ` +
    `${part.hour}:${part.minute}:${part.second} ${part.timeZoneName}`;
}

/** How soon it is asked again what became of a bid that was sent to another site, in milliseconds: at first, at most. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15000;

const FINAL = ["sold", "unsold", "withdrawn"];

/** One auction that is watched. */
class Auction {
  constructor(root) {
    this.root = root;
    this.stream = null;
    this.shown = null;
    this.again = null;
    this.asking = null;
    this.pause = FIRST_PAUSE;
  }

  open() {
    if (this.stream || [...FINAL, "unpublished"].includes(this.root.dataset.state)) return;
    this.follow();
    this.stream = new EventSource(this.root.dataset.live);
    this.stream.addEventListener("auction", (event) => this.tell(JSON.parse(event.data)));
    // Withdrawn before anybody had bid: the page says so, if it is still there for this viewer.
    this.stream.addEventListener("gone", () => this.leave());
    this.stream.addEventListener("error", () => this.stream?.readyState === EventSource.CLOSED && this.retry());
  }

  /** A stream that was refused (too many from here; a proxy whose site starts anew) does not come back by itself. */
  retry() {
    this.close();
    this.again = setTimeout(() => document.hidden || this.open(), 15000 * (1 + Math.random()));
  }

  close() {
    clearTimeout(this.again);
    clearTimeout(this.asking);
    this.stream?.close();
    this.stream = null;
  }

  /** Asks for the page anew, without sending a form again. Not everybody at the same moment. */
  leave() {
    this.close();
    setTimeout(() => location.replace(location.pathname.replace(/^(\/auctions\/\d+).*/, "$1")), Math.random() * 1500);
  }

  places(name) {
    return this.root.querySelectorAll(`[data-show="${name}"]`);
  }

  show(name, text) {
    for (const place of this.places(name)) {
      if (write(place, text)) {
        place.classList.remove("changed");
        void place.offsetWidth;
        place.classList.add("changed");
      }
    }
  }

  /** Shows how the auction is now. */
  tell(auction) {
    ahead = Date.parse(auction.now) - Date.now();
    const before = this.shown;
    this.shown = auction;
    const { root } = this;
    if (auction.state !== root.dataset.state && (FINAL.includes(auction.state) || root.dataset.state === "scheduled")) {
      this.reload(auction);
      return;
    }
    this.figures(auction);
    this.standing(auction);
    const stale = String(auction.last_entry) !== root.dataset.entry || String(auction.version) !== root.dataset.version;
    for (const place of this.places("stale")) place.hidden = !stale;
    this.say(before, auction);
    countDown();
    if (before) this.refresh();
  }

  /** What another site refuses early is nobody else's news: whoever waits for an answer asks for it. */
  follow() {
    clearTimeout(this.asking);
    if (!this.root.querySelector("[data-waits]")) return;
    this.asking = setTimeout(() => this.refresh(), this.pause);
    this.pause = Math.min(this.pause * 1.5, LONGEST_PAUSE);
  }

  /** Shows anew what concerns the viewer only, while a bid of theirs is on its way. */
  async refresh() {
    if (!this.root.querySelector("[data-waits]")) return;
    const fresh = (await page())?.querySelector("[data-live]");
    if (fresh && this.stream) {
      for (const part of ["standing", "sent"]) {
        document.getElementById(part)?.replaceWith(fresh.querySelector(`#${part}`) ?? "");
      }
      Object.assign(this.root.dataset, { own: fresh.dataset.own, name: fresh.dataset.name ?? "" });
      const sent = this.root.querySelector("#sent:not([data-waits]) .notice");
      if (sent) announce(sent.textContent);
    }
    this.follow();
  }

  amount(text) {
    return `${text}\u00a0${this.root.dataset.currency}`;
  }

  figures(auction) {
    const { root } = this;
    if (auction.price !== null) {
      for (const label of this.places("price-label")) write(label, label.dataset.now);
      this.show("price", this.amount(auction.price));
      for (const field of this.places("take")) field.value = auction.price;
      for (const button of this.places("take-button")) {
        write(button, filled(button.dataset.pattern, { amount: this.amount(auction.price) }));
      }
    }
    if (auction.next_offer !== null) {
      this.show("next", this.amount(auction.next_offer));
      for (const hint of this.places("hint")) {
        write(hint, filled(hint.dataset.pattern, { amount: this.amount(auction.next_offer) }));
      }
    }
    this.show("offers", String(auction.offers));
    if (auction.leader) this.show("leader", auction.leader);
    for (const place of this.places("reserve")) if (auction.reserve) write(place, place.dataset[auction.reserve]);
    for (const place of this.places("buy-now")) place.hidden = auction.buy_now === null;
    for (const place of this.places("state")) {
      write(place, place.dataset[auction.state] ?? place.textContent);
      place.className = `state state-${auction.state}`;
    }
    if (auction.origin) {
      for (const place of this.places("reach")) write(place, place.dataset[auction.origin.reach]);
      for (const place of this.places("heard")) place.dateTime = auction.origin.confirmed_at;
    }
    for (const place of this.places("left")) place.dataset.ends = auction.ends_at;
    for (const place of this.places("end")) {
      if (Date.parse(place.dateTime) === Date.parse(auction.ends_at)) continue;
      place.dateTime = auction.ends_at;
      write(place, moment(auction.ends_at, root.dataset.zone, document.documentElement.lang));
    }
  }

  /** Who has bid leads, or has been outbid: by the invented name of the viewer. */
  standing(auction) {
    const { root } = this;
    if (!["leading", "outbid"].includes(root.dataset.own)) return;
    root.dataset.own = auction.leader === root.dataset.name ? "leading" : "outbid";
    for (const place of root.querySelectorAll("[data-when]")) {
      place.hidden = !place.dataset.when.split(" ").includes(root.dataset.own);
    }
  }

  say(before, auction) {
    if (!before) return;
    const { sayPrice, sayLeading, sayOutbid, sayEnd, own, zone, name } = this.root.dataset;
    const said = [];
    if (before.price !== auction.price) said.push(filled(sayPrice, { price: this.amount(auction.price) }));
    if (name && before.leader !== auction.leader) {
      if (own === "leading") said.push(sayLeading);
      if (before.leader === name) said.push(sayOutbid);
    }
    if (before.ends_at !== auction.ends_at) {
      said.push(filled(sayEnd, { time: moment(auction.ends_at, zone, document.documentElement.lang) }));
    }
    if (said.length) announce(said.join(" "));
  }

  /** It has opened or is over: other things can be done now. Not everybody asks at the same moment. */
  async reload(auction) {
    this.close();
    this.root.dataset.state = auction.state;
    if (FINAL.includes(auction.state)) announce(this.root.dataset.sayOver);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 1500));
    const fresh = await page();
    if (!fresh) return;
    main.dataset.now = fresh.dataset.now;
    main.replaceChildren(...fresh.childNodes);
    start();
  }
}

/** What this page is by now; nothing if it cannot be had. */
async function page() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
}

let watched = null;

function start() {
  watched?.close();
  const root = main.querySelector("[data-live]");
  watched = root && new Auction(root);
  if (!document.hidden) watched?.open();
  countDown();
}

// A hidden tab needs no news, and browsers keep few connections to one site.
document.addEventListener("visibilitychange", () => (document.hidden ? watched?.close() : watched?.open()));
// A page that the browser kept comes back as it was left.
addEventListener("pageshow", (event) => event.persisted && watched?.open());
addEventListener("pagehide", () => watched?.close());
setInterval(countDown, 1000);
start();

// What is wrong with a form is read first.
document.getElementById("problem")?.focus();
