### What people read when something was not done: what is in the way, and what can be done about it.

refusal-not-found = There is nothing at this address.
refusal-method-not-allowed = This address does not take that kind of request.
refusal-too-large = What you sent is too large.
refusal-too-slow = What you sent did not arrive in time. Please send it again.
refusal-cross-site = This form was sent from another site, so nothing was done. Please open the page here and try again.
refusal-too-many = That was very often in a short time. Please try again in { $seconds } seconds.
refusal-malformed = Something is not right with: { $fields }.
refusal-sign-in-needed = Please sign in first.
refusal-wrong-sign-in = Mail address or password is wrong.
refusal-not-confirmed = Your mail address is not confirmed yet. Please follow the link in the letter that we sent you; register again to get a new one.
refusal-missing-scope = This token may not be used for that: it lacks the scope { $scope }.
refusal-not-permitted = Your account may not do that.
refusal-not-yours = Only the seller may do that.
refusal-registration-closed = This site takes no registrations. Please ask its webmaster.
refusal-link-expired = This link was used before, or is too old. Please ask for a new one.
refusal-no-such-auction = There is no such auction.
refusal-no-such-person = There is no such person.
refusal-no-such-token = There is no such token, or it was revoked before.
refusal-decided-elsewhere = This auction is one of another site, and only that site decides this. Bids that were sent cannot be taken back from here yet.
refusal-bids-not-sent = The webmaster of this site lets no bids go to the site of this auction.
refusal-not-in-this-format = That is not done in this kind of auction.
refusal-id-used = This id was used before, for something else. Please choose a new one.
refusal-suspended = Your account is suspended. Please ask the webmaster.
refusal-blocked = The seller has blocked you from this auction.
refusal-own-item = Sellers do not bid on their own items.
refusal-took-back = You took back an offer here. Coming back is possible once, within an hour.
refusal-not-open = The auction is not open: { $progress ->
        [scheduled] it has not begun yet
        [closing] its end has come and the result is a moment away
        [sold] it has ended
        [unsold] it has ended
        [withdrawn] the item was withdrawn
       *[other] it is not published
    }.
refusal-terms-changed = The seller has changed the terms since you looked. Please look again.
refusal-nothing-to-take-back = There is no offer to take away.
refusal-too-late-to-take-back = With less than 12 hours left, only your last offer can be taken back, and only within an hour.
refusal-already-took-back = With less than 12 hours left, offers are taken back once an auction, and you did already.
refusal-too-late-to-change = It is too late to change that.
refusal-terms-frozen = Somebody has bid, so the terms stay as they are. You can add to the text.
refusal-nothing-to-sell = Nobody leads, so there is nobody to sell to.
refusal-acceptance-expired = The 48 hours for accepting the best offer are over.
refusal-buy-now-gone = It can no longer be bought at once. You can still bid.
refusal-reserve-not-lower = A reserve can only be lowered.
refusal-not-whole-units = The amount has too many decimals for this currency.
refusal-too-low = That is too low: please offer at least { $amount }.
refusal-too-high = That is too high: please offer at most { $amount }.
refusal-not-above-own = You lead already. A new limit must be better than your own, { $amount }.
refusal-price-higher = The price was { $amount } when your take arrived, which is more than you saw.
refusal-unknown = We do not know whether that was done. Please send it again, under the same id: it will not be done twice.
refusal-unavailable = The site cannot do that just now, and nothing was done. Please try again in a moment.
refusal-failed = Something is broken here, and nothing was done. The webmaster can read in the log what it is.

## Problems with a field

problem-missing = Please fill this in.
problem-too-long = This is too long.
problem-too-short = This is too short.
problem-too-many-steps = The price would fall in too many steps.
problem-control-characters = This holds characters that cannot be shown.
problem-not-an-address = This does not look like a mail address.
problem-not-a-decimal = Please write a plain number, such as 12 or 12.50.
problem-not-a-number = Please write a whole number.
problem-not-a-time = Please write a date and time, such as 2030-12-31T18:00:00Z.
problem-not-json = This is not what was expected here.
problem-not-whole-units = This has too many decimals for the currency.
problem-out-of-range = This is out of range.
problem-in-the-past = This is in the past.
problem-too-far-ahead = This is too far ahead.
problem-not-after-start = The end must be after the start.
problem-wrong-side-of-start-price = A reserve must not be below the start price (in a reverse auction, not above it).
problem-not-in-this-format = This kind of auction does not have that.
problem-not-above-start-price = This must be above the start price.
problem-not-below-start-price = This must be below the start price.
problem-below-reserve = This must not be below the reserve.
problem-below-window = This must not be less than the window.
problem-not-offered-here = This site does not offer that.
problem-not-of-this-auction = The auction is in another currency.
problem-unknown = This is none of the choices.
