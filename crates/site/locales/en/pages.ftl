### What stands on the pages. Amounts and times come in already written: "12.50 EUR", "Sunday 22 November 2026, 18:00 UTC".

## Around every page

frame-skip = Skip to the content
frame-navigation = Site
frame-browse = Auctions
frame-sell = Sell
frame-my-bids = My bids
frame-my-auctions = My auctions
frame-moderate = Approve
frame-network = Network
frame-account = My account:
frame-sign-in = Sign in
frame-sign-out = Sign out
frame-register = Register
frame-suspended = Your account is suspended. You can read, but not bid or sell. Please ask the webmaster.
frame-api = For programs

refused-title = That was not done
refused-not-found = Nothing here
refused-broken = Something went wrong
refused-home = To the auctions

form-problem = Please look at this again

problem-two-meanings = This could mean thousands or decimals. Please write it without the comma, such as 1250 or 1.25.
problem-not-a-moment = Please choose a date and a time.

## Names of fields

field-email = Mail address
field-name = Name
field-password = Password
field-title = Title
field-description = Description
field-format = Kind of auction
field-currency = Currency
field-start_price = Start price
field-reserve = Reserve
field-buy_now = Buy-now price
field-clock_step = The price falls by
field-clock_interval = Every
field-clock_unit = Unit
field-clock_floor = It stops at
field-opening = It begins
field-opens_at = Begin at
field-ending = It runs for
field-ends_at = End at
field-extension_window = A late offer moves the end by
field-extension_cap = But never further than
field-amount = Amount
field-reason = Reason
field-cancel_reason = Reason
field-entry = Offer
field-text = Text
field-scopes = What it may do

## Lengths of time

length-seconds = { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
length-minutes = { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
length-hours = { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
length-days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
left-seconds = { $seconds } s left
left-minutes = { $minutes } min { $seconds } s left
left-hours = { $hours } h { $minutes } min left
left-days = { $days } d { $hours } h left

## Kinds and states of auctions

format-ascending = Ascending
format-sealed_first_price = Sealed, first price
format-sealed_second_price = Sealed, second price
format-descending = Descending clock
format-reverse = Reverse

state-unpublished = Not published
state-scheduled = Starting soon
state-open = Open
state-closing = Closing
state-sold = Sold
state-unsold = Not sold
state-withdrawn = Withdrawn

price-now = Price now
price-start = Start price
price-ceiling = At most
price-best = Best offer
price-sold = Sold for
price-none = Price

lot-opens = Opens
lot-ends = Ends
lot-ended = Ended
lot-offers = { $count ->
        [0] No offers yet
        [one] { $count } offer
       *[other] { $count } offers
    }

## Browsing

browse-lists = Lists
browse-open = Open
browse-scheduled = Starting soon
browse-closed = Closed
browse-title-open = Open auctions
browse-title-scheduled = Auctions that start soon
browse-title-closed = Closed auctions
browse-empty = There is nothing here at the moment.
browse-empty-sell = List something
list-more = More

## Accounts

register-title = Register
register-why = With an account you can bid and sell. It takes a minute.
register-email-hint = We send a letter there to confirm that it is yours. Only the other side of a sale gets to see it.
register-name-hint = Shown beside what you sell. As a bidder you appear under an invented name.
register-password-hint = At least 8 characters. A few words in a row are easy to remember and hard to guess.
register-button = Register
register-have-one = I have an account already
register-sent-title = Look at your mail
register-sent-letter = We have sent a letter to the address that you gave. Please open the link in it to confirm that the address is yours.
register-sent-nothing = Nothing there? Look into the folder for junk mail, or register again with the same address.
register-again = Register again

confirm-title = Confirm your mail address
confirm-why = One click, and your account is ready.
confirm-button = Yes, this address is mine
welcome-title = Welcome
welcome-ready = Your mail address is confirmed, and you are signed in.
welcome-browse = Look at the auctions
welcome-sell = List something

sign-in-title = Sign in
sign-in-remember = Stay signed in on this device for 30 days
sign-in-button = Sign in
sign-in-forgot = I forgot my password
sign-in-register = I have no account yet

forgot-title = A new password
forgot-why = Tell us your mail address, and we send you a link to choose a new password.
forgot-button = Send the link
forgot-sent-title = Look at your mail
forgot-sent-letter = If there is an account with this address, a letter with a link is on its way. The link works for 2 hours.
reset-title = Choose a new password
reset-button = Set the password

administrator-title = Become the administrator
administrator-why = This site has no administrator yet. Whoever fills this in becomes it.
administrator-button = Become the administrator

account-title = My account
account-since = Here since
account-taken-back = Offers taken back
account-new-password = Choose a new password
account-tokens = Tokens for programs
account-tokens-why = A token lets a program of yours do something in your name, without your password.
account-token-made = This is the token. Copy it now: it is not shown again.
account-token-new = Make a token
account-token-name = Name
account-token-name-hint = So that you know it again, such as "my phone".
account-token-date = Made
account-token-revoke = Revoke
account-token-revoked = Revoked
account-token-button = Make the token
scope-read = Read what I can see
scope-bid = Bid, buy, take back
scope-sell = List and manage my auctions
scope-account = Manage my account and its tokens
scope-moderate = Moderate

## My auctions, my bids

my-auctions-title = My auctions
my-auctions-sell = List something
my-auctions-empty = You have not listed anything yet.
my-bids-title = My bids
my-bids-empty = You have not bid on anything yet.
my-bids-item = Item
my-bids-state = You
my-bids-price = Price
my-bids-limit = Your offer
my-bids-end = Ends
my-bid-sent = Sent, not decided yet
my-bid-outbid = Outbid
my-bid-leading = Leading
my-bid-sealed = Offered
my-bid-won = Won
my-bid-lost = Not won
my-bid-gone = Taken back

## An auction

auction-seller = Offered by
auction-manages = You can change or end this auction.
auction-manage = Manage it
auction-reason = Reason:
auction-panel = Price and bidding
auction-description = Description
auction-no-description = There is no description.
auction-added = Added

figure-next = Next offer from
figure-next-reverse = Next offer up to
figure-offers = Offers
figure-reserve = Reserve
figure-leader = Leader
figure-winner = Winner
figure-best = Best offer by
figure-nobody = Nobody yet
figure-extended = Extended by a late offer.
figure-postponed = Moved because the site was away.
reserve-met = Met
reserve-not-met = Not met yet
reserve-missed = Not met

own-selling = You sell this.
own-sold = You have sold this for { $price }.
own-may-accept = The best offer stayed below your reserve. For 48 hours after the end you can still sell at { $price }: choose "Manage it" above.
own-leading = You lead. { $side ->
        [reverse] Your lowest offer is { $limit }; nobody else sees it.
       *[forward] Your maximum is { $limit }; nobody else sees it.
    }
own-outbid = Somebody else leads. { $side ->
        [reverse] Your lowest offer was { $limit }.
       *[forward] Your maximum was { $limit }.
    }
own-cut = The seller has lowered the reserve. So that you do not win unawares, what you offered, { $from }, became { $limit }: just short of the reserve. Offer again if you still want it.
own-sealed = Your offer of { $limit } stands. Nobody else sees it before the end; you can replace it.
own-won = Congratulations, you have won this for { $price }.
own-lost = The auction has ended, and you did not win it.
own-contact = To agree on payment and handing over, write to:

bid-sign-in = Sign in to bid
bid-register = No account yet?
bid-scheduled = Offers are taken from { $time }.
bid-suspended = Your account is suspended, so you cannot bid.
bid-closing = The end has come. The result is a moment away.
bid-go-on = Go on
bid-label-ascending = Your maximum
bid-label-reverse = Your lowest offer
bid-label-sealed_first_price = Your offer
bid-label-sealed_second_price = Your offer
bid-at-least = { $amount } or more
bid-at-most = { $amount } or less
bid-above-own = More than your maximum of { $amount }
bid-below-own = Less than your lowest offer of { $amount }
bid-note-ascending = We bid for you, only as much as is needed to lead, and never above your maximum. Nobody sees it.
bid-note-reverse = We go down for you, only as far as is needed to lead, and never below your lowest offer. Nobody sees it.
bid-note-sealed_first_price = Nobody sees your offer before the end. Who offers most wins and pays that.
bid-note-sealed_second_price = Nobody sees your offer before the end. Who offers most wins and pays what the second offered.
bid-note-descending = The price falls by the clock. The first who takes it has it.
bid-take = Take it for { $amount }
bid-buy-now = Buy now for { $amount }
bid-buy-now-hint = Ends the auction at once. Gone with the first offer, or when the reserve is met.
bid-retract = Take back my offers
bid-retract-hint = The seller gets to read it, and your profile counts it. With less than 12 hours left, only the last offer goes, within an hour.

live-price = The price is now { $price }.
live-leading = You lead.
live-outbid = You have been outbid.
live-end = The end has moved to { $time }.
live-over = The auction has ended.

## Before it counts

check-back = Back
check-binding = Your offer is binding.
check-offer-title = Is this right?
check-offer-button = Yes, offer { $amount }
check-take-title = Buy this?
check-ascending = { $state ->
        [raise] You lead already. Your maximum becomes { $amount }; price and end stay as they are.
        [first] You offer at most { $amount }. You lead at { $start }, or at the reserve if there is one and your maximum reaches it.
       *[next] You offer at most { $amount }. If nobody's maximum is as high, you lead, at { $next } or as much as is needed; otherwise the price rises and the other stays ahead.
    }
check-reverse = { $state ->
        [raise] You lead already. Your lowest offer becomes { $amount }; price and end stay as they are.
        [first] You would do it for { $amount } at the least. You lead at { $start }, or at the reserve if there is one and your offer reaches it.
       *[next] You would do it for { $amount } at the least. If nobody's offer is as low, you lead, at { $next } or as little as is needed; otherwise the price falls and the other stays ahead.
    }
check-sealed_first_price = You offer { $amount }. Nobody sees it before the end. If nobody offers more, you win and pay { $amount }. Until the end you can replace it.
check-sealed_second_price = You offer { $amount }. Nobody sees it before the end. If nobody offers more, you win and pay what the second offered. Until the end you can replace it.
check-descending = It is yours at this price, or at a lower one if the clock is faster than you. The auction ends at once.
check-buy-now = It is yours at this price. The auction ends at once.
check-retract-title = Take back your offers?
check-retract = They are taken away, and price and leader follow from the offers that stay. You may offer again on this item within an hour, once.

## History

history-title = History
history-empty = Nothing has happened yet.
history-stale = There is news. Show it
history-newest = Show the newest
history-older = Older
history-when = When
history-what = What
history-price = Price
history-you = you
history-somebody = Somebody
history-offer = { $who } made an offer
history-offer-of = { $who } offered { $amount }
history-refused = What you asked for was refused
history-refused-of = You offered { $amount }, and it was refused
history-take = { $who } took the price of { $amount }
history-buy_now = { $who } bought it at once
history-retract = { $who } took back
history-cancel = An offer of { $who } was cancelled
history-lower_reserve = The seller lowered the reserve
history-end_early = The seller ended the auction
history-withdraw = The item was withdrawn
history-accept = The seller accepted the best offer
history-close = The auction ended
history-postpone = The site was away from { $from } to { $to }, so the end moved to { $end }

## Rules in words

rules-title = Rules of this auction
rules-ascending = Who offers most wins. You name a maximum, and we bid for you, only as much as is needed. The first offer must be { $start } or more.
rules-sealed_first_price = Everybody makes one hidden offer of { $start } or more. Who offers most wins and pays it.
rules-sealed_second_price = Everybody makes one hidden offer of { $start } or more. Who offers most wins, and pays what the second offered.
rules-descending = The price starts at { $start } and falls by { $step } every { $interval }, down to { $floor }. The first who takes it has it.
rules-reverse = Who asks least wins. You name the least that you would do it for, and we go down for you, only as far as is needed. The first offer must be { $start } or less.
rules-soft-close = If price or leader change in the last { $window }, the end moves to { $window } after that, but never by more than { $cap } in all.
rules-hard-close = It ends exactly at the time that is shown.
rules-part-of-a-step = Who beats somebody's hidden limit leads, even by less than a whole step.
rules-tie = Of two equal offers the earlier one stays ahead.
rules-reserve = There is a hidden reserve. If the price does not reach it, the item is not sold, unless the seller accepts the best offer within 48 hours.
rules-buy-now = Until there is an offer, or the reserve is met, it can be bought at once for { $amount }.
rules-taking-back = An offer is binding. With 12 hours or more left, all own offers can be taken back; with less, only the last one, within an hour, once.
rules-steps = How much an offer must add
rules-steps-from = Price from
rules-steps-step = Step

## Selling

sell-title = List an item
sell-title-hint = What it is, in one line of at most 120 characters.
sell-description-hint = Condition, size, age, where it can be fetched. Plain text; an empty line begins a new paragraph.
sell-format-ascending = The price rises from offer to offer. This is what most people expect.
sell-format-sealed_first_price = One hidden offer each. Who offers most wins and pays that.
sell-format-sealed_second_price = One hidden offer each. Who offers most wins and pays the second offer.
sell-format-descending = The price falls by the clock until somebody takes it.
sell-format-reverse = You need something done: offers go down, and who asks least wins.
sell-start-price-hint = The least first offer. Reverse: the most you would pay. Clock: where it starts.
sell-ending-hint = A clock ends by itself.
sell-at = Until the time below
sell-now = At once
sell-keep = As it is: { $time }
sell-zone = Only if you chose a time above. In the zone { $zone }.
sell-standard = The usual
sell-no-window = Not at all
sell-more-prices = Reserve and buy-now price
sell-reserve-hint = Hidden. Below it you need not sell; everybody sees whether it is met. Reverse: the most you would really pay.
sell-buy-now-hint = Somebody may buy it at once at this price, until there is an offer.
sell-more-clock = The clock of a descending auction
sell-clock-step-hint = So much at each tick.
sell-clock-interval-hint = How long each price holds.
sell-clock-floor-hint = Unsold when nobody takes it at this price.
sell-more-times = Start, and the end of a close race
sell-opening-hint = Everybody sees it from now on; offers are taken from the start.
sell-window-hint = An offer in the last moments moves the end, so that others can answer. Ascending and reverse only.
sell-cap-hint = In all, beyond the planned end.
sell-approval = A moderator looks at it before it opens.
sell-button = List it
sell-draft = Keep as a draft
edit-title = Edit
edit-button = Save
unit-seconds = seconds
unit-minutes = minutes
unit-hours = hours
unit-days = days

## Managing

manage-title = Manage
manage-draft = This is a draft. Nobody else sees it.
manage-awaiting = A moderator is going to look at it. Nobody else sees it until then.
manage-not-approved = It was not approved. You can edit it and try again. Reason:
manage-publish = Publish
manage-edit = Edit the listing
manage-edit-why = Nobody has bid yet, so everything can be changed.
manage-add = Add to the text
manage-add-hint = Shown below the description, with the time.
manage-add-button = Add
manage-reserve = Lower the reserve
manage-reserve-now = It is { $amount } now. Nobody else sees the amount.
manage-reserve-hint = The new reserve. Nothing drops it: then the start price will do.
manage-reserve-check = The reserve becomes this. It cannot be raised again.
manage-reserve-button = Yes, lower it
manage-end-early = End it now
manage-end-early-why = Sell now to who leads, at the price shown.
manage-end-early-check = The auction ends at once, and whoever leads has won.
manage-end-early-button = Yes, end it now
manage-accept = Sell below the reserve
manage-accept-why = The best offer stands at { $amount }, below your reserve. It binds for 48 hours after the end.
manage-accept-check = It is sold at this price to whoever leads.
manage-accept-button = Sell at this price
manage-cancel-bid = Cancel an offer
manage-cancel-bid-check = The offer is taken away, and price and leader follow from those that stay. Everybody sees that it was cancelled.
manage-cancel-bid-button = Yes, cancel it
manage-offer = { $who }, { $time }, price then { $price }
manage-reason-hint = Everybody concerned gets to read it.
manage-block = Block bidders
manage-block-why = Who is blocked cannot bid on this item any more. Offers that stand stay.
manage-block-button = Block
manage-unblock-button = Let back in
manage-blocked = blocked
manage-withdraw = Withdraw the item
manage-withdraw-why = It is taken off without a sale. With offers and less than 12 hours left only a moderator can do that.
manage-withdraw-check = The item is taken off without a sale, for good.
manage-withdraw-button = Yes, withdraw it

## Moderating

moderate-title = Waiting for approval
moderate-empty = Nothing waits.
moderate-approve = Approve
moderate-disapprove = Do not approve
moderate-reason-hint = For the seller, who can edit it and try again.

## The network

network-title = Network
network-own = This site
network-name = Name
network-key = Key
network-address = Others dial it at
network-no-address = Nobody can dial it; it dials others.
network-kept = Kept messages
network-alarms = You should know
network-pending = They ask to be let in
network-pending-why = Who is let in gets all messages of the network from this site and sends its own through it. Compare the key with what its webmaster tells you.
network-neighbours = Neighbours
network-none = There are no neighbours yet.
network-neighbour = Neighbour
network-unnamed = without a name
network-upstream = dialled by this site
network-state = State
network-lag = Waits for it
network-seen = Last seen
network-seen-now = now
network-seen-never = not since the start
network-discarded = Not delivered
network-recovered = { $count } delivered after all
network-error = Last error
network-deeds = Decide
network-approve = Approve
network-block = Block
network-lost = Messages that did not get to somebody
network-lost-expired = They came too late to be worth delivering
network-lost-deactivated = The neighbour was away for too long
network-lost-retention = They were kept for as long as the settings say

network-state-pending = asks to be let in
network-state-blocked = blocked
network-state-inactive = deactivated after { $count } attempts; nothing waits for it until it comes back
network-state-linked = linked since { $time }
network-state-redialled = not linked; it is dialled again and again
network-state-away = not linked
network-state-tried = not linked; attempt { $made } of { $count } has failed, next at { $time }
network-waits = { $count ->
        [0] nothing
        [one] { $count } envelope
       *[other] { $count } envelopes
    }
network-waits-since = { $count ->
        [one] { $count } envelope since { $time }
       *[other] { $count } envelopes since { $time }
    }

## Auctions of other sites

lot-site = at
elsewhere-of = An auction of the site
reach-there = Last heard
reach-out-of-reach = That site is out of reach: what is shown may be old, and bids are kept until it is back. Last heard
reach-lost = That site is lost: nobody has heard of it for two weeks. Last heard
ago-now = just now
ago-minutes = { $minutes } min ago
ago-hours = { $hours } h ago
ago-days = { $days } d ago
elsewhere-note = { $site } alone decides. Your bid goes there sealed, with your mail address for the winner's letter only; it cannot be taken back from here, and questions cannot be asked yet.
elsewhere-no-bids = From this site no bids are sent there.
sent-waiting = sent to { $site }, which has not decided yet.
sent-accepted = accepted by { $site }.
sent-why-no-such-auction = it has no such auction.
sent-why-bids-not-taken = it takes no bids from this site.
sent-why-not-opened = it could not read the bid.
sent-refused = not accepted by { $site }: { $why }

## Checking an auction of the network

proof-title = Check this auction
proof-link = Check this auction
proof-result-good = All { $last } entries follow from the rules, and everything was signed by whom it should.
proof-result-incomplete = Nothing is wrong. { $folded } of { $last } entries could be worked out again; the rest depends on what is not open.
proof-result-bad = Something is wrong. Of { $last } entries, { $folded } follow from the rules.
proof-faults = What is wrong
proof-gaps = What could not be checked
proof-entry = Entry { $number }:
proof-yourself = Check it yourself
proof-what = The receipts are what the sites have signed: the listing, each bid, each decision, and the offers that were opened. Nobody can change them afterwards, this site included.
proof-how = Save them, and run on any machine:
proof-download = Save the receipts
proof-envelopes = { $count ->
    [one] one signed message
   *[other] { $count } signed messages
}
proof-fault-unreadable = A receipt cannot be read.
proof-fault-forged = The signature of a receipt is wrong.
proof-fault-malformed = The site of the auction has sent something that breaks the protocol.
proof-fault-contradiction = The site of the auction has said two different things about the same.
proof-fault-chain = It does not follow the decisions before it.
proof-fault-hole = Decisions before it are missing, although no message was left out.
proof-fault-arrival = It arrived before the entry before it.
proof-fault-commitment = The offer that was opened is not the one that was made.
proof-fault-no-bid = An offer was opened for it, and it is no accepted bid.
proof-fault-reserve-commitment = The reserve that was opened is not the one that was set.
proof-fault-bid-differs = It is not about the bid that was sent.
proof-fault-refused = By the rules it cannot be accepted.
proof-fault-differs = By the rules, price, leader or end after it are others.
proof-fault-state = By the rules, the auction stands differently after it.
proof-fault-ending = What was said at the end is not what was decided.
proof-gap-no-listing = The listing is missing, so the terms are not known.
proof-gap-no-rulings = There are no decisions yet.
proof-gap-missing = Decisions from here on are missing.
proof-gap-version = The listing in the version that was looked at is missing.
proof-gap-bid-missing = The message of the bid is missing.
proof-gap-offer-closed = The offer is not opened, so nothing from here on was worked out again.
proof-gap-winners-offer = The best offer stays closed; it was taken to be beyond the price.
proof-gap-reserve-closed = The reserve is not opened; it was never met.
proof-gap-reserve-guessed = The reserve is not opened; with one that was found, the rules give the same.
proof-gap-sealed-offers = Sealed offers stay closed, so winner and price were not worked out again.
proof-gap-undecided = It may depend on what stays closed, so nothing from here on was worked out again.
proof-gap-private = It is between one person and the site.
