### Letters. Each is read by somebody who may have forgotten what it is about, so each names the thing it is
### about, says what happened, and says what can be done now.
###
### Every letter knows { $name }, who reads it, and { $site }, the name of the site.
### Amounts and times come in already written: "12.50 EUR", "Sunday 22 November 2026, 18:00 UTC".

## Confirm a mail address: $link

letter-confirm-subject = Please confirm your mail address for { $site }
letter-confirm-body =
    Hello { $name },

    Welcome to { $site }!
    You, or somebody with your mail address, registered there just now.
    Please open this link to confirm that the address is yours:

    { $link }

    The link works once, for 24 hours.
    If it was not you, please ignore this letter: without the link, nothing happens.

    Kind regards
    { $site }

## Choose a new password: $link

letter-reset-subject = Choose a new password for { $site }
letter-reset-body =
    Hello { $name },

    Somebody asked for a new password for your account at { $site }.
    If it was you, please open this link and choose one:

    { $link }

    The link works once, for 2 hours.
    If it was not you, please ignore this letter: your password stays as it is.

    Kind regards
    { $site }

## Somebody else leads now: $item, $price, $ends, $link

letter-outbid-subject = You have been outbid: { $item }
letter-outbid-body =
    Hello { $name },

    You have a bid on this item, and somebody else leads now:

    Item: { $item }
    Price now: { $price }
    The auction ends: { $ends }

    If you still want it, you can raise your bid until then:

    { $link }

    If the price is now more than it is worth to you, there is nothing to do.

    Kind regards
    { $site }

## Somebody else leads now, on an auction of the site $origin: $item, $price, $ends, $link

letter-outbid-elsewhere-subject = You have been outbid: { $item }
letter-outbid-elsewhere-body =
    Hello { $name },

    You have a bid on this item of the site { $origin }, and somebody else leads now:

    Item: { $item }
    Site of the item: { $origin }
    Price now: { $price }
    The auction ends: { $ends }

    If you still want it, you can raise your bid until then, here as before:

    { $link }

    If the price is now more than it is worth to you, there is nothing to do.

    Kind regards
    { $site }

## To the seller, sold: $item, $price, $winner-name, $winner-address, $link

letter-sold-subject = Sold for { $price }: { $item }
letter-sold-body =
    Hello { $name },

    Good news: your item has been sold.

    Item: { $item }
    Price: { $price }
    Sold to: { $winner-name }, { $winner-address }

    The winner has your name and mail address too.
    Please write to each other to agree on payment and on how the item changes hands.
    Here is the auction with all its bids:

    { $link }

    Kind regards
    { $site }

## To the seller, not sold: $item, $reason (no-bid, reserve-not-met, or leader-waits with $price and $until), $link

letter-not-sold-subject = Not sold: { $item }
letter-not-sold-body =
    Hello { $name },

    The auction of your item has ended, and it was not sold.

    Item: { $item }
    { $reason ->
        [no-bid]
            Nobody placed a bid.

            You can list it again, perhaps with a lower start price, more pictures or a clearer title:
        [leader-waits]
            The bids did not reach your reserve.

            You can still sell it to the person who leads, at { $price }.
            That person is bound to the bid until { $until }, so please decide before then.
            If you do nothing, the item stays yours and you can list it again:
       *[reserve-not-met]
            The bids did not reach your reserve.

            You can list it again, perhaps with a lower reserve:
    }

    { $link }

    Kind regards
    { $site }

## To the winner: $item, $price, $seller-name, $seller-address, $link

letter-won-subject = You have won: { $item }
letter-won-body =
    Hello { $name },

    Congratulations, you have won the auction!

    Item: { $item }
    Price: { $price }
    Seller: { $seller-name }, { $seller-address }

    What happens next: the seller has your name and mail address too.
    Please write to each other to agree on payment and on how the item comes to you.
    Here is the auction with all its bids:

    { $link }

    Kind regards
    { $site }

## To a winner who bid through the site $through: $item, $price, $seller-name, $seller-address, $link that works until $until

letter-won-guest-subject = You have won: { $item }
letter-won-guest-body =
    Hello { $name },

    Congratulations, you have won the auction!
    You bid through { $through }. The item is one of { $site }, so this letter comes from us.

    Item: { $item }
    Price: { $price }
    Seller: { $seller-name }, { $seller-address }

    What happens next: the seller has your name and mail address too.
    Please write to each other to agree on payment and on how the item comes to you.
    Here is your page of the sale. It needs no account, so keep the link to yourself; it works until { $until }:

    { $link }

    Kind regards
    { $site }
